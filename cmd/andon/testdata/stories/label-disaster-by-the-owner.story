# The Product Owner adds disaster: it is declared, the line stops
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and SHOP-6 is recovering
and planning of SHOP is frozen
and SHOP-6 carries disaster
and sprint "BLOG Sprint 3" is active
