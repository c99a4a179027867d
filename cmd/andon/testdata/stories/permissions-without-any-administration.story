# Where the way back could be forgotten no scheme is exchanged
setting ANDON_FREEZE = permissions
Jira refuses the project's property in SHOP
po adds disaster to SHOP-6
then planning of SHOP is frozen
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
and andon's status on SHOP-6 says "the way back could be forgotten"
10 minutes pass
then andon writes nothing
andon restarts with nothing in memory
then andon writes nothing
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
