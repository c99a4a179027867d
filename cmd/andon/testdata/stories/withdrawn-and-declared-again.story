# It was no false alarm after all
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Won't Do
po takes disaster off SHOP-6
then planning of SHOP is free
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
1 hour passes
po adds disaster to SHOP-6
then SHOP-6 is recovering
and planning of SHOP is frozen
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
