# A project without the role Stakeholder mails nobody and needs no such role
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
then nobody was mailed
and channel "ops" was told "declared" once
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds system-maintenance to SHOP-6
then ann was mailed "system-maintenance" once
and ann was mailed "declared" never
