# A channel that fails holds up nothing, is tried again, and tells once it works
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook, https://news.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
channel "ops" fails from now on
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and andon's status on SHOP-6 says "recovering, planning is frozen"
and channel "news" was told "declared" once
and ann was mailed "declared" once
and channel "ops" was told nothing
and the log says "notice not delivered"
po adds system-offline to SHOP-6
then andon's status on SHOP-6 says "offline"
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
and andon says "Andon cancelled it again" on SHOP-6 once
andon restarts with nothing in memory
channel "ops" works again
5 minutes pass
then channel "ops" was told "declared" once
and channel "ops" was told "system-offline" once
and channel "ops" was told "a sprint was undone" once
and channel "news" was told "declared" once
and ann was mailed "declared" once
