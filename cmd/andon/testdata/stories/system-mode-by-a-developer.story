# Anybody else's mode is taken off again, with a word on who may
po adds disaster to SHOP-6
po adds system-read-only to SHOP-6
dev adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
and SHOP-6 carries system-read-only
and andon says "system-offline" on SHOP-6 once
dev adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
