# A proposal was judged when andon answered it; a role that somebody gets later declares nothing by itself
dev adds disaster to SHOP-5
then SHOP-5 is proposed
the role "Product Owner" of SHOP is held by dev
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 is proposed
dev adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
