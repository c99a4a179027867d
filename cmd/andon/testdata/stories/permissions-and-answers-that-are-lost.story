# Everything is done, and no answer arrives
setting ANDON_FREEZE = permissions
two permission schemes may have one name
po adds disaster to SHOP-6
Jira does the next 3 writes but the answers are lost
dev closes the root-cause task of SHOP-6 as Done
5 minutes pass
then some looks may have failed
and planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
Jira does the next 5 writes but the answers are lost
dev opens the root-cause task of SHOP-6 again
5 minutes pass
then some looks may have failed
and SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of SHOP-6 as Done
5 minutes pass
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
