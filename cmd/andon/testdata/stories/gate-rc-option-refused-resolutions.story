# ANDON_ROOT_CAUSE_REFUSED_RESOLUTIONS: the operator says which resolutions tell no cause
setting ANDON_ROOT_CAUSE_REFUSED_RESOLUTIONS = Cannot Reproduce
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Cannot Reproduce
then planning of SHOP is frozen
and andon says "closed as Cannot Reproduce" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
dev closes the root-cause task of SHOP-6 as Duplicate
then planning of SHOP is free
