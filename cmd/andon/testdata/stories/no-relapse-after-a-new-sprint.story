# Once business goes on, an old task freezes nothing
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
dev opens the root-cause task of SHOP-6 again
5 minutes pass
then planning of SHOP is free
and sprint "SHOP Sprint 8" is active
