# A root cause that is opened again before a new sprint has started closes the gate again
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
dev opens the root-cause task of SHOP-6 again
then planning of SHOP is frozen
and andon says "Planning is frozen again" on SHOP-6 once
and andon's comment "Planning is frozen again" on SHOP-6 mentions sm
dev closes the root-cause task of SHOP-6 as Duplicate
then planning of SHOP is frozen
and andon says "closed as Duplicate" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and andon says "Planning is free again" on SHOP-6 twice
