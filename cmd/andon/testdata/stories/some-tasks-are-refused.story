# Jira creates some of the tasks and refuses the others
Jira creates only 4 of the next tasks and refuses the others because "The workflow is being changed."
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 4 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "The workflow is being changed."
Jira refuses nothing any more
2 minutes pass
then SHOP-6 has 9 tasks
