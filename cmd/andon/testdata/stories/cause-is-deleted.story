# Deleting the task is not finding the cause: it is created again
po adds disaster to SHOP-6
lead deletes the root-cause task of SHOP-6
then planning of SHOP is frozen
and SHOP-6 has 9 tasks
and SHOP-6 has a task "Investigate the root cause"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
