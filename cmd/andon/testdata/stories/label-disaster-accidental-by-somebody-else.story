# Anybody else adds disaster-accidental: it is proposed, and on a declared disaster the kind waits for the Product Owner
dev adds disaster-accidental to SHOP-6
then SHOP-6 is proposed
and andon says "A disaster is proposed" on SHOP-6 once
and andon's comment "A disaster is proposed" on SHOP-6 mentions po
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
po adds disaster to SHOP-5
sm adds disaster-accidental to SHOP-5
then SHOP-5 has 9 tasks
and andon says "Only a Product Owner sets the kind" on SHOP-5 once
po takes disaster-accidental off SHOP-5
po adds disaster-accidental to SHOP-5
then SHOP-5 has 12 tasks
