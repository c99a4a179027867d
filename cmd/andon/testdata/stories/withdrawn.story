# A false alarm: the Product Owner takes the label off
po adds disaster to SHOP-6
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
and planning of SHOP is free
and andon says "The disaster is withdrawn" on SHOP-6 once
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm starts sprint "SHOP Sprint 9"
then sprint "SHOP Sprint 9" is active
