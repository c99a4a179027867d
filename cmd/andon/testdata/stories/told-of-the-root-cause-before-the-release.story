# Where the freeze waits for the return to service, the end of the root cause is told by itself
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
setting ANDON_RELEASE_REQUIRES = restored
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and channel "ops" was told "root cause" once
po adds system-restored to SHOP-6
then planning of SHOP is free
and channel "ops" was told "planning is free" once
