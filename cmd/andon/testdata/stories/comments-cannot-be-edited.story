# Andon may not edit its own comments: the line stops all the same, and nothing piles up
andon may not edit its comments in SHOP
po adds disaster to SHOP-6
po adds disaster-data to SHOP-6
then SHOP-6 has 13 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
2 hours pass
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
andon may edit its comments in SHOP again
5 minutes pass
then andon's status on SHOP-6 says "resolved"
