# The way back is known by ids
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
project SHOP is renamed to STORE
2 minutes pass
then STORE uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of SHOP-6 as Done
2 minutes pass
then STORE uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
