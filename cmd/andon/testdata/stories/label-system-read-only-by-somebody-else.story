# Anybody else adds system-read-only: it is taken off again, with a word on who may, and the mode stays
po adds disaster to SHOP-6
po adds system-maintenance to SHOP-6
dev adds system-read-only to SHOP-6
then SHOP-6 does not carry system-read-only
and SHOP-6 carries system-maintenance
and andon says "system-read-only" on SHOP-6 once
and andon's comment "system-read-only" on SHOP-6 mentions po
and andon's status on SHOP-6 says "*System mode:* system-maintenance"
sm adds system-read-only to SHOP-6
then SHOP-6 does not carry system-read-only
and andon's status on SHOP-6 says "*System mode:* system-maintenance"
