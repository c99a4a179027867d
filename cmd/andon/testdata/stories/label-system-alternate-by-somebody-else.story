# Anybody else adds system-alternate: it is taken off again, with a word on who may, and the mode stays
po adds disaster to SHOP-6
po adds system-read-only to SHOP-6
dev adds system-alternate to SHOP-6
then SHOP-6 does not carry system-alternate
and SHOP-6 carries system-read-only
and andon says "system-alternate" on SHOP-6 once
and andon's comment "system-alternate" on SHOP-6 mentions po
and andon's status on SHOP-6 says "*System mode:* system-read-only"
sm adds system-alternate to SHOP-6
then SHOP-6 does not carry system-alternate
and andon's status on SHOP-6 says "*System mode:* system-read-only"
