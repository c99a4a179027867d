# The sprint report's menu opens a closed sprint again; it is cancelled again
po adds disaster to SHOP-6
sm opens sprint "SHOP Sprint 7" again
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
sm opens sprint "SHOP Sprint 7" again
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
