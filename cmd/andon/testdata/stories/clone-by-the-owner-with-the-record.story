# The copied record changes nothing about that
a clone carries properties over
po adds disaster-data to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
po clones SHOP-6 as "Copy"
then "Copy" is recovering
and planning of SHOP is frozen
and "Copy" has 13 tasks
