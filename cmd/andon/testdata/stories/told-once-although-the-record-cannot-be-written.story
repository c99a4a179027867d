# Without the permission to edit the issue andon cannot note what it has told; it does not go on and on for all that
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
andon may not edit issues in SHOP
po adds system-offline to SHOP-6
30 minutes pass
then channel "ops" was told "system-offline" once
and ann was mailed "system-offline" once
andon may edit issues in SHOP again
5 minutes pass
then channel "ops" was told "system-offline" once
andon restarts with nothing in memory
then channel "ops" was told "system-offline" once
