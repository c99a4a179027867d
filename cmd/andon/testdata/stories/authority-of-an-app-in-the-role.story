# A program in the role decides nothing unless ANDON_PRODUCT_OWNERS names it: no mode, no return to service, no withdrawal
only cloud
there is an app robot
the role "Product Owner" of SHOP is held by po and robot
po adds disaster to SHOP-6
robot adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
and andon says "system-offline" on SHOP-6 once
dev closes every task of SHOP-6 but the root-cause task as Done
robot adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
robot takes disaster off SHOP-6
then SHOP-6 carries disaster
and planning of SHOP is frozen
robot creates a Bug "Alarm" in SHOP labelled disaster-security
then "Alarm" is proposed
and "Alarm" has no tasks
