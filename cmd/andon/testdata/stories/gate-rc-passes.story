# The gate of the freeze: the root-cause task is closed as Done, and planning is free
po adds disaster to SHOP-6
dev begins the root-cause task of SHOP-6
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP-6 is resolved
and andon says "Planning is free again" on SHOP-6 once
and andon's comment "Planning is free again" on SHOP-6 mentions sm
and SHOP-6 carries disaster
