# People are told what to do, and andon tries again
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
Jira answers 403 to changes of the permission scheme of SHOP
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and andon says "Planning is free again.*" on SHOP-6 once
and andon says "A Jira administrator can assign it" on SHOP-6 once
and andon's status on SHOP-6 says "Needs a human"
and andon's status on SHOP-6 says "Default Permission Scheme"
10 minutes pass
then andon writes nothing
andon restarts with nothing in memory
Jira refuses nothing any more
2 minutes pass
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
