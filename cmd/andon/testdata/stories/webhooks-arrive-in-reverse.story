# What counts is what Jira shows, not what a webhook tells
webhooks arrive in reverse
all at once
  dev adds disaster to SHOP-6
  dev takes disaster off SHOP-6
  po adds disaster to SHOP-6
  dev takes disaster off SHOP-6
  po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
all at once
  dev closes the root-cause task of SHOP-6 as Done
  dev opens the root-cause task of SHOP-6 again
  sm creates sprint "Habit" on board "SHOP board"
then planning of SHOP is frozen
and sprint "Habit" is gone
