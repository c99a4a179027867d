# The list on the project tells which one is the copy
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
somebody empties the description of andon's copy
5 minutes pass
then andon writes nothing
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Default Permission Scheme"
