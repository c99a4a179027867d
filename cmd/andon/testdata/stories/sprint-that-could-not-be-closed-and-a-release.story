# A sprint that was to be cancelled and still runs at the release goes on: the freeze is over
Jira refuses to close sprint "SHOP Sprint 7" because "Ask your administrator."
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
Jira refuses nothing any more
10 minutes pass
then sprint "SHOP Sprint 7" is active
and planning of SHOP is free
