# The team goes on planning before andon has heard of the disaster
all at once
  po adds disaster to SHOP-6
  sm completes sprint "SHOP Sprint 7"
  sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
and planning of SHOP is frozen
