# A task of the gate that leaves the project, or is made an issue of its own, is created again
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
dev turns task "Test before return to service" of SHOP-6 into a Bug
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and SHOP-6 has 9 tasks
