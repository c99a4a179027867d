# What Data Center keeps beside the grants is copied, too
setting ANDON_FREEZE = permissions
only data center
there is a permission scheme "Ours"
SHOP is given the permission scheme "Ours"
project administrators may change workflows by the permission scheme "Ours"
po adds disaster to SHOP-6
then SHOP uses andon's copy of the permission scheme "Ours"
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Ours"
and no copy of a permission scheme is left
