# What the Product Owner accepted stays accepted when the role changes hands
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
po adds disaster to SHOP-6
po closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
the role "Product Owner" of SHOP is held by dev
andon restarts with nothing in memory
1 hour passes
then planning of SHOP is free
and SHOP-6 is resolved
