# A declaration outlives the account that made it
po adds disaster to SHOP-6
the role "Product Owner" of SHOP is held by dev
the account of po is deleted
1 hour passes
andon restarts with nothing in memory
then SHOP-6 is recovering
and planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
