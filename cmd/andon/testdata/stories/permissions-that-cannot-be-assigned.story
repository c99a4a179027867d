# The copy is made and Jira does not let the project use it
setting ANDON_FREEZE = permissions
Jira answers 403 to changes of the permission scheme of SHOP
po adds disaster to SHOP-6
then planning of SHOP is frozen
and SHOP uses the permission scheme "Default Permission Scheme"
and andon's status on SHOP-6 says "enforced by undoing only"
and no copy of a permission scheme is left
