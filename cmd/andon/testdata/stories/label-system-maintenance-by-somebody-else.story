# Anybody else adds system-maintenance: it is taken off again, with a word on who may, and the mode stays
po adds disaster to SHOP-6
po adds system-offline to SHOP-6
dev adds system-maintenance to SHOP-6
then SHOP-6 does not carry system-maintenance
and SHOP-6 carries system-offline
and andon says "system-maintenance" on SHOP-6 once
and andon's comment "system-maintenance" on SHOP-6 mentions po
and andon's status on SHOP-6 says "*System mode:* system-offline"
sm adds system-maintenance to SHOP-6
then SHOP-6 does not carry system-maintenance
and andon's status on SHOP-6 says "*System mode:* system-offline"
