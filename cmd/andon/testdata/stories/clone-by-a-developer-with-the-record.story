# Andon's own record on the clone is void
a clone carries properties over
po adds disaster-data to SHOP-6
dev clones SHOP-6 as "Copy"
then "Copy" is proposed
and "Copy" has no tasks
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
lead deletes "Copy"
then planning of SHOP is free
