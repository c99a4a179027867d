# The same trouble a month later, on the same issue
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
20 days pass
po takes disaster off SHOP-6
then planning of SHOP is free
po adds disaster to SHOP-6
then planning of SHOP is frozen
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
