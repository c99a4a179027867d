# A withdrawal is told later too, also by an andon that knows nothing of it
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
channel "ops" fails from now on
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
10 minutes pass
channel "ops" works again
2 minutes pass
then channel "ops" was told "withdrawn" once
