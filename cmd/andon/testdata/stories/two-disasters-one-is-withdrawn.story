# A false alarm beside a real one frees nothing
po adds disaster to SHOP-6
po adds disaster to SHOP-5
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
and planning of SHOP is frozen
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is closed
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is free
