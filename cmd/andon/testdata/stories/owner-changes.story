# A judgement stays, also when the Product Owner leaves the role
po adds disaster to SHOP-6
the role "Product Owner" of SHOP is held by dev
1 hour passes
andon restarts with nothing in memory
then planning of SHOP is frozen
and SHOP-6 is recovering
po takes disaster off SHOP-6
then SHOP-6 carries disaster
and planning of SHOP is frozen
dev takes disaster off SHOP-6
then SHOP-6 is withdrawn
