# Somebody who works with andon's account decides nothing, not even from the role
the role "Product Owner" of SHOP is held by po and andon
andon adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
po adds disaster to SHOP-5
then sprint "SHOP Sprint 7" is cancelled by SHOP-5
and planning of SHOP is frozen
