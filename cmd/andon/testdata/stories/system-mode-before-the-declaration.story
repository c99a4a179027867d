# Somebody else's mode from the minutes before the declaration is taken off; the Product Owner's counts
dev adds system-read-only to SHOP-6
po adds system-offline to SHOP-5
po adds disaster to SHOP-6
po adds disaster to SHOP-5
then SHOP-6 does not carry system-read-only
and andon says "system-read-only" on SHOP-6 once
and SHOP-5 carries system-offline
and andon's status on SHOP-5 says "*System mode:* system-offline"
