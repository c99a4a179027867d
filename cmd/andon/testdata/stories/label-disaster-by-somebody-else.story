# Anybody else adds disaster: it is proposed, the Product Owner is asked, and nothing else is touched
dev adds disaster to SHOP-6
then SHOP-6 is proposed
and andon says "A disaster is proposed" on SHOP-6 once
and andon's comment "A disaster is proposed" on SHOP-6 mentions po
and andon has written 1 time
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
and SHOP-6 carries disaster
sm adds disaster to SHOP-5
then SHOP-5 is proposed
and sprint "SHOP Sprint 7" is active
