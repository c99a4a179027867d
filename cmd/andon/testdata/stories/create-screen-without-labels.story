# Labels and description are not on the create screen
labels and description are not on the create screen of SHOP
po adds disaster-data to SHOP-6
then SHOP-6 has 13 tasks
and planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
