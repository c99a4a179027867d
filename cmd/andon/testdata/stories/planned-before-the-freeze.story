# What was planned before the freeze stays planned, however often it is touched since
sm puts SHOP-2 into sprint "SHOP Sprint 8"
1 minute passes
po adds disaster to SHOP-6
dev begins SHOP-2
dev adds some-label to SHOP-11
then SHOP-2 is in sprint "SHOP Sprint 8"
and SHOP-11 is in sprint "SHOP Sprint 8"
andon restarts with nothing in memory
then SHOP-2 is in sprint "SHOP Sprint 8"
