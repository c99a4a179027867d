# When an open disaster cannot be read any more, nothing can be written there; people are told by the other ways
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
5 minutes pass
then planning of SHOP is frozen
and channel "ops" was told "cannot be read" once
10 hours pass
then channel "ops" was told "cannot be read" once
