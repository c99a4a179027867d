# The system broke again before a new sprint had started: the freeze is back
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
po takes system-restored off SHOP-6
then planning of SHOP is frozen
and SHOP-6 is recovering
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
