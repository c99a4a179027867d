# The Product Owner's clone is a disaster of its own
po adds disaster-data to SHOP-6
po clones SHOP-6 as "Copy"
then "Copy" is recovering
and "Copy" has 13 tasks
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
dev closes the root-cause task of "Copy" as Done
then planning of SHOP is free
