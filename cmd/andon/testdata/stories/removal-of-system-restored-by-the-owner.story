# The Product Owner takes system-restored off: the system is out of service again
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then SHOP-6 is investigating
po takes system-restored off SHOP-6
then SHOP-6 is recovering
and SHOP-6 does not carry system-restored
and planning of SHOP is frozen
po adds system-restored to SHOP-6
then SHOP-6 is investigating
