# Only the Product Owner returns the system to service
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
dev adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "system-restored" on SHOP-6 once
