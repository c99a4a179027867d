# A new board is no way around the freeze
po adds disaster to SHOP-6
there is a scrum board "Secret" in SHOP
sm creates sprint "Secret 1" on board "Secret"
2 minutes pass
then sprint "Secret 1" is gone
all at once
  sm creates sprint "Secret 2" on board "Secret"
  sm puts SHOP-2 and SHOP-3 into sprint "Secret 2"
  sm puts SHOP-11 into sprint "Secret 2"
then sprint "Secret 2" is gone
and SHOP-11 is in sprint "SHOP Sprint 8"
and SHOP-2 is in the backlog
and andon's status on SHOP-6 says "Secret 2"
all at once
  sm creates sprint "Secret 3" on board "Secret"
  sm starts sprint "Secret 3"
then sprint "Secret 3" is cancelled by SHOP-6
