# They come ten minutes after the fact, when everything has been found
webhooks arrive late, by 10 minutes
po adds disaster to SHOP-6
5 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
2 minutes pass
then planning of SHOP is free
sm starts sprint "SHOP Sprint 8"
30 minutes pass
then sprint "SHOP Sprint 8" is active
and planning of SHOP is free
