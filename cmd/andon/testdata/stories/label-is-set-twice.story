# Who set the label last counts: the Product Owner's is gone once a developer takes it off and sets it anew before anybody looks
all at once
  po adds disaster to SHOP-6
  po takes disaster off SHOP-6
  dev adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 is proposed
