# Only the Product Owner changes the system mode, so nobody else ends one either
po adds disaster to SHOP-6
po adds system-offline to SHOP-6
dev takes system-offline off SHOP-6
then SHOP-6 carries system-offline
and andon's status on SHOP-6 says "*System mode:* system-offline"
po takes system-offline off SHOP-6
then SHOP-6 does not carry system-offline
