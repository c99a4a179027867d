# Whoever moves an issue and puts it back himself has planned nothing
there is a future sprint "SHOP Sprint 9" of board "SHOP board" with SHOP-10
po adds disaster to SHOP-6
all at once
  sm puts SHOP-11 into sprint "SHOP Sprint 9"
  sm puts SHOP-11 into sprint "SHOP Sprint 8"
then andon writes nothing
and SHOP-11 is in sprint "SHOP Sprint 8"
