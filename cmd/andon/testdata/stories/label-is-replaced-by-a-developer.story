# A developer who puts his own label in the place of the Product Owner's changes nothing
po adds disaster to SHOP-6
dev replaces disaster by disaster-data on SHOP-6
then planning of SHOP is frozen
and SHOP-6 is recovering
and SHOP-6 has 9 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev takes disaster-data off SHOP-6
then planning of SHOP is frozen
