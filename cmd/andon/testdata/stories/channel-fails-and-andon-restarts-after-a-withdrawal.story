# At least once also means: after a restart, although no label is on the issue any more
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
channel "ops" fails from now on
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
andon restarts with nothing in memory
channel "ops" works again
10 minutes pass
then channel "ops" was told "withdrawn" once
