# Andon's own account decides nothing, even if somebody put it into the role
the role "Product Owner" of SHOP is held by po and andon
andon adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
andon adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
