# A human does what andon was refused, and all is well
Jira refuses to close sprint "SHOP Sprint 7" because "Ask your administrator."
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
Jira refuses nothing any more
all at once
  sm completes sprint "SHOP Sprint 7"
then sprint "SHOP Sprint 7" is closed
and planning of SHOP is frozen
5 minutes pass
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
