# A task that is opened again in time closes the gate
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
dev opens task "Test before return to service" of SHOP-6 again
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "Test before return to service" on SHOP-6 once
