# A task of the gate that somebody deletes is created again, and the gate waits for it
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
lead deletes task "Test before return to service" of SHOP-6
then SHOP-6 has a task "Test before return to service"
and SHOP-6 has 9 tasks
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "Test before return to service" on SHOP-6 once
and andon says "Restore the data to another environment" on SHOP-6 never
dev closes task "Test before return to service" of SHOP-6 as Done
po adds system-restored to SHOP-6
then SHOP-6 is investigating
