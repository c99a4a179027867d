# Data Center starts a sprint on its date, with no actor
only data center
po adds disaster to SHOP-6
sprint "SHOP Sprint 8" starts by itself in 2 hours
then sprint "SHOP Sprint 8" is future
3 hours pass
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
