# Where Jira refuses the successor, the status comment says so until it can be made
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
andon may not manage sprints in SHOP
po adds sprint-resume to SHOP-6
then andon's status on SHOP-6 says "Jira refused to make the successor of sprint"
and sprint "SHOP Sprint 7" is closed
andon may manage sprints in SHOP again
2 minutes pass
then sprint "SHOP Sprint 7" is future
and planning of SHOP is free
