# A channel that is added later does not hear the whole story of last week at once
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
3 days pass
andon restarts with ANDON_NOTIFY_URLS = https://ops.example.com/hook,https://news.example.com/hook
then channel "news" was told nothing
and channel "ops" was told one thing
dev closes the root-cause task of SHOP-6 as Done
then channel "news" was told "planning is free" once
and channel "ops" was told "planning is free" once
