# After the return to service the age of the freeze is told every day, once a day, to Product Owner and Scrum Master
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
23 hours pass
then andon says "since the return to service" on SHOP-6 never
2 hours pass
then andon says "frozen for 1 day since the return to service" on SHOP-6 once
and andon's comment "frozen for 1 day since the return to service" on SHOP-6 mentions po and sm
andon restarts with nothing in memory
22 hours pass
then andon says "since the return to service" on SHOP-6 once
2 hours pass
then andon says "frozen for 2 days since the return to service" on SHOP-6 once
and andon says "since the return to service" on SHOP-6 twice
and planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
3 days pass
then andon says "since the return to service" on SHOP-6 twice
and planning of SHOP is free
