# A change whose author Jira does not know any more proves nothing
andon is stopped
po adds disaster to SHOP-6
the role "Product Owner" of SHOP is held by dev
the account of po is deleted
andon starts
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
dev adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
