# The search shows the world of a while ago; webhooks and issues themselves do not
the search lags 25 writes behind
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
and planning of SHOP is frozen
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
dev takes disaster-data off SHOP-6
then SHOP-6 carries disaster-data
2 hours pass
then planning of SHOP is frozen
the search catches up
2 minutes pass
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
