# The Product Owner takes the last label off after the declaration: a false alarm, withdrawn
po adds disaster to SHOP-6
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
and planning of SHOP is free
and andon says "The disaster is withdrawn" on SHOP-6 once
and SHOP-6 does not carry disaster
and SHOP-6 has 9 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
