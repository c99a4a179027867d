# Not one webhook arrives: a look through the site finds everything
webhooks are lost from now on
po adds disaster to SHOP-6
5 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
sm creates sprint "Habit" on board "SHOP board"
sm starts sprint "SHOP Sprint 8"
2 minutes pass
then sprint "Habit" is gone
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
dev takes disaster off SHOP-6
2 minutes pass
then SHOP-6 carries disaster
dev closes the root-cause task of SHOP-6 as Done
2 minutes pass
then planning of SHOP is free
