# Nor does the gate pass on a task that is gone at the very moment
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
all at once
  lead deletes task "Test before return to service" of SHOP-6
  po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and SHOP-6 has a task "Test before return to service"
