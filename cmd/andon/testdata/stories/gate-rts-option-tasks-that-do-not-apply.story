# A task that does not apply counts as done for the return to service
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Won't Do
po adds system-restored to SHOP-6
then SHOP-6 carries system-restored
and SHOP-6 is investigating
