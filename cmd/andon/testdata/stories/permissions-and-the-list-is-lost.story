# The copy itself tells the way back
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
andon deletes andon's record on project SHOP
2 minutes pass
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
andon is stopped
andon deletes andon's record on project SHOP
dev closes the root-cause task of SHOP-6 as Done
andon starts with nothing in memory
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
