# A root-cause task that became an issue of its own does not count, however it ends
po adds disaster to SHOP-6
dev renames the root-cause task of SHOP-6 to "Was the cause"
dev turns "Was the cause" into a Task
dev closes "Was the cause" as Done
then planning of SHOP is frozen
and SHOP-6 has a task "Investigate the root cause"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
