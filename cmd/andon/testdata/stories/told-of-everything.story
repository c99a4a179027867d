# Stakeholders and a channel hear of each step of a disaster, each once, with the way to the issue
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
then channel "ops" was told "declared" once
and ann was mailed "declared" once
po adds system-offline to SHOP-6
then channel "ops" was told "system-offline" once
and ann was mailed "system-offline" once
sm starts sprint "SHOP Sprint 8"
then channel "ops" was told "a sprint was undone" once
and ann was mailed "a sprint was undone" once
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then channel "ops" was told "back in service" once
and ann was mailed "back in service" once
dev closes the root-cause task of SHOP-6 as Done
then channel "ops" was told "root cause" once
and channel "ops" was told "planning is free" once
and ann was mailed "root cause" once
and everything that was told leads to SHOP-6
and channel "ops" was told 5 things
