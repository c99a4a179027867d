# The project's own permission scheme comes back
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
5 minutes pass
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
the operator releases SHOP-6 of SHOP because "nobody can read it"
5 minutes pass
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
