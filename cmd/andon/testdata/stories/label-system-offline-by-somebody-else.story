# Anybody else adds system-offline: it is taken off again, with a word on who may, and the mode stays
po adds disaster to SHOP-6
po adds system-alternate to SHOP-6
dev adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
and SHOP-6 carries system-alternate
and andon says "system-offline" on SHOP-6 once
and andon's comment "system-offline" on SHOP-6 mentions po
and andon's status on SHOP-6 says "*System mode:* system-alternate"
sm adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
and andon's status on SHOP-6 says "*System mode:* system-alternate"
