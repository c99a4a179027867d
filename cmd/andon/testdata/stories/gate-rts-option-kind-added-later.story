# A kind that is set later brings its tasks into the gate
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
all at once
  po adds disaster-data to SHOP-6
  po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 has 13 tasks
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "Copy the damaged data before touching it" on SHOP-6 twice
and andon says "Restore the data to another environment" on SHOP-6 never
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then SHOP-6 is investigating
