# The sprint permissions go with the freeze and come back with its end
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
and BLOG uses the permission scheme "Default Permission Scheme"
and andon may manage sprints in SHOP
and sm may not manage sprints in SHOP
and po may not manage sprints in SHOP
and sm may manage sprints in BLOG
and Jira lets sm neither create, start nor complete a sprint on board "SHOP board"
and Jira lets lead neither create, start nor complete a sprint on board "SHOP board"
and andon's status on SHOP-6 says "everybody but andon is without Manage Sprints"
and andon's status on SHOP-6 says "Default Permission Scheme"
5 minutes pass
then andon writes nothing
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
and andon says "The project uses its own permission scheme again" on SHOP-6 once
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm starts sprint "SHOP Sprint 9"
then sprint "SHOP Sprint 9" is active
