# What cannot be seen keeps the freeze, and the permissions
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
andon restarts with nothing in memory
5 minutes pass
then planning of SHOP is frozen
and SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
SHOP-6 is shown to andon again
dev closes the root-cause task of SHOP-6 as Done
5 minutes pass
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
