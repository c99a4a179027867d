# Both labels come in one moment
all at once
  po adds disaster to SHOP-6
  po adds disaster to SHOP-5
then planning of SHOP is frozen
and SHOP-6 has 9 tasks
and SHOP-5 has 9 tasks
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is closed
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
