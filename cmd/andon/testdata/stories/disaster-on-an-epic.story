# Nor is an epic's sub-task dependable
po adds disaster to SHOP-9
then sprint "SHOP Sprint 7" is cancelled by SHOP-9
and SHOP-9 has 9 linked tasks
lead deletes task "Test before return to service" of SHOP-9
2 minutes pass
then SHOP-9 has 9 linked tasks
dev closes the root-cause task of SHOP-9 as Done
2 minutes pass
then planning of SHOP is free
