# Jira refuses to close one sprint: the rest goes on, people are told, and it is tried again
there is an active sprint "Parallel" of board "SHOP board" with SHOP-10
Jira refuses to close sprint "SHOP Sprint 7" because "You need the Manage Sprints permission for all projects in the origin board."
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and sprint "Parallel" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "Manage Sprints permission"
and andon's status on SHOP-6 says "Needs a human"
2 hours pass
then sprint "SHOP Sprint 7" is active
Jira refuses nothing any more
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
