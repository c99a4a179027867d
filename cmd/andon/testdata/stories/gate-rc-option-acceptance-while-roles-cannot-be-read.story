# While nobody can tell who the Product Owner is, the freeze holds
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
po adds disaster to SHOP-6
andon is no administrator of the site
andon may not administer the project in SHOP
po closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
andon may administer the project in SHOP again
5 minutes pass
then planning of SHOP is free
