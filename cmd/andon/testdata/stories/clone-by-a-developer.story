# A clone's labels are those of who cloned
po adds disaster-data to SHOP-6
dev clones SHOP-6 as "Copy"
then "Copy" is proposed
and "Copy" has no tasks
and andon says "A disaster is proposed" on "Copy" once
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
