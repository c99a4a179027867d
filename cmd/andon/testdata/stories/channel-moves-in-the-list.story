# Another order of the addresses tells nobody anything again
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
then channel "ops" was told "declared" once
andon restarts with ANDON_NOTIFY_URLS = https://news.example.com/hook,https://ops.example.com/hook
10 minutes pass
then channel "ops" was told "declared" once
