# The permissions come back when nothing freezes any more
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
po adds disaster-security to SHOP-5
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
po takes disaster-security off SHOP-5
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
and andon says "its own permission scheme again" on SHOP-5 once
and andon says "its own permission scheme again" on SHOP-6 never
