# What cannot be remembered is not undone, and somebody has to know
there is a scrum board "SHOP web" in SHOP
there is an active sprint "Web 1" of board "SHOP web" with SHOP-10
Jira refuses to list the issues of sprint "SHOP Sprint 7" because "The index is broken."
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and sprint "Web 1" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "The index is broken."
and andon's status on SHOP-6 says "Needs a human"
Jira refuses nothing any more
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
