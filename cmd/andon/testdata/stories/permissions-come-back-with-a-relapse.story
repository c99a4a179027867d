# A freeze that comes back takes the permissions again
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then sm may manage sprints in SHOP
dev opens the root-cause task of SHOP-6 again
then sm may not manage sprints in SHOP
and SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
