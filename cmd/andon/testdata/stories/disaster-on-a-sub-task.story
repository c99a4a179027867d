# A sub-task cannot have sub-tasks: linked tasks
po adds disaster to SHOP-8
then sprint "SHOP Sprint 7" is cancelled by SHOP-8
and SHOP-8 has 9 linked tasks
dev closes the root-cause task of SHOP-8 as Done
2 minutes pass
then planning of SHOP is free
