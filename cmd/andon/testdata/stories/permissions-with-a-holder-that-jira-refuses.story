# A scheme that cannot be copied whole is not exchanged
setting ANDON_FREEZE = permissions
Jira refuses holders of type applicationRole
po adds disaster to SHOP-6
then planning of SHOP is frozen
and SHOP uses the permission scheme "Default Permission Scheme"
and andon's status on SHOP-6 says "is not supported"
and no copy of a permission scheme is left
