# The setting is turned off and the freeze ends while andon is away
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
andon is stopped
po takes disaster off SHOP-6
andon restarts with ANDON_FREEZE = react
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
