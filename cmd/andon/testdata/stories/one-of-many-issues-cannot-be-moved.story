# One issue that Jira will not move does not keep the others where they are
po adds disaster to SHOP-6
there are 64 issues in SHOP
Jira refuses to move "Bulk 37" because "Ask your administrator."
sm puts those 64 issues into sprint "SHOP Sprint 8"
then "Bulk 1" is in the backlog
and "Bulk 36" is in the backlog
and "Bulk 38" is in the backlog
and "Bulk 64" is in the backlog
and "Bulk 37" is in sprint "SHOP Sprint 8"
and andon's status on SHOP-6 says "Ask your administrator."
and andon's status on SHOP-6 says "Move them by hand, or give andon's account Schedule Issues and Edit Issues"
and planning of SHOP is frozen
2 minutes pass
then andon writes nothing
Jira refuses nothing any more
2 minutes pass
then "Bulk 37" is in the backlog
