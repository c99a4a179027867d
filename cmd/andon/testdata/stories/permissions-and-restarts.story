# Nothing that counts is in andon's memory
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
andon restarts with nothing in memory
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
and andon writes nothing
andon is stopped
dev closes the root-cause task of SHOP-6 as Done
andon starts with nothing in memory
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
