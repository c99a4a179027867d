# What comes into a sprint between two tries to close it is remembered, and comes back with it
Jira refuses to close sprint "SHOP Sprint 7" because "You need the Manage Sprints permission for all projects in the origin board."
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
andon restarts with nothing in memory
all at once
  sm puts SHOP-10 into sprint "SHOP Sprint 7"
  Jira refuses nothing any more
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-2, SHOP-3, SHOP-5, SHOP-6 and SHOP-10
