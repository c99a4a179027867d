# A scheme that cannot be read is not exchanged
setting ANDON_FREEZE = permissions
Jira answers 403 to whoever asks for the permission scheme of SHOP
po adds disaster to SHOP-6
then planning of SHOP is frozen
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and andon's status on SHOP-6 says "enforced by undoing only"
Jira refuses nothing any more
2 hours pass
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
Jira answers 500 to whoever asks for the permission scheme of SHOP
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and andon says "Planning is free again.*" on SHOP-6 once
and andon says "is not back yet" on SHOP-6 once
and andon's status on SHOP-6 says "Needs a human"
Jira refuses nothing any more
2 minutes pass
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
