# The root cause decides the freeze; that the recovery is still open is said loudly
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and andon says "Recovery is still open" on SHOP-6 once
po adds disaster to SHOP-5
dev closes every task of SHOP-5 but the root-cause task as Done
po adds system-restored to SHOP-5
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is free
and andon says "Recovery is still open" on SHOP-5 never
