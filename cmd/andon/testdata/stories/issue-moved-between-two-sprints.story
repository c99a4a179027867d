# It goes back to the sprint where it stood when the freeze began
there is a future sprint "SHOP Sprint 9" of board "SHOP board" with SHOP-10
po adds disaster to SHOP-6
sm puts SHOP-11 into sprint "SHOP Sprint 9"
then SHOP-11 is in sprint "SHOP Sprint 8"
and SHOP-10 is in sprint "SHOP Sprint 9"
# over two stations before andon looks
all at once
  sm puts SHOP-10 into sprint "SHOP Sprint 8"
  dev puts SHOP-10 into sprint "SHOP Sprint 9"
  sm puts SHOP-10 into sprint "SHOP Sprint 8"
then SHOP-10 is in sprint "SHOP Sprint 9"
# the sprint where it stood is gone: the backlog is left
all at once
  sm puts SHOP-11 into sprint "SHOP Sprint 9"
  sm deletes sprint "SHOP Sprint 8"
then SHOP-11 is in the backlog
