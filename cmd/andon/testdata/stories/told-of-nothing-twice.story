# A restart, lost webhooks and time repeat nothing
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
andon restarts with nothing in memory
po adds system-maintenance to SHOP-6
webhooks are lost from now on
andon restarts with nothing in memory
20 hours pass
then channel "ops" was told "declared" once
and channel "ops" was told "system-maintenance" once
and channel "ops" was told two things
and ann was mailed "declared" once
and ann was mailed "system-maintenance" once
