# An administrator who gives the scheme back himself is not fought
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
SHOP is given the permission scheme "Default Permission Scheme"
5 minutes pass
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
po takes disaster off SHOP-6
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
