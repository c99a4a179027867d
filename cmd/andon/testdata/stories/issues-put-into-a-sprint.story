# pending: issues that are put into a sprint in the freeze do not go back yet
# Putting issues into a sprint is planning too: they go back to where they were
po adds disaster to SHOP-6
sm puts SHOP-2 and SHOP-3 into sprint "SHOP Sprint 8"
then SHOP-2 is in the backlog
and SHOP-3 is in the backlog
and sprint "SHOP Sprint 8" still holds SHOP-11
