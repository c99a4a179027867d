# And is left alone where it does not
there is a scrum board "Paula's own" of nobody's that shows "project = SHOP"
there is an active sprint "Paula 1" of board "Paula's own" with SHOP-10
po adds disaster to SHOP-6
then sprint "Paula 1" is active
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and andon's status on SHOP-6 says "Paula 1"
dev closes the root-cause task of SHOP-6 as Done
then sprint "Paula 1" is active
