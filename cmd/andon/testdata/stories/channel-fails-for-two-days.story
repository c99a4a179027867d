# However long a channel fails, what it has missed it is told
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
channel "ops" fails from now on
po adds disaster to SHOP-6
50 hours pass
channel "ops" works again
5 minutes pass
then channel "ops" was told "declared" once
