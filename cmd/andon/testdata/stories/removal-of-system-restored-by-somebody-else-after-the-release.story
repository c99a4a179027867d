# Nor does anybody else bring the freeze back
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
dev takes system-restored off SHOP-6
then planning of SHOP is free
and SHOP-6 carries system-restored
