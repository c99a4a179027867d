# Nor does it accept a root cause where only the Product Owner may
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
the role "Product Owner" of SHOP is held by po and andon
po adds disaster to SHOP-6
andon closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
dev opens the root-cause task of SHOP-6 again
po closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
