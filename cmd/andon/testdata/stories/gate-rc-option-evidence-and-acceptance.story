# Both options together ask for both
setting ANDON_ROOT_CAUSE_EVIDENCE = true
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
dev creates a Task "Pin dependencies" in SHOP
po adds disaster to SHOP-6
dev comments "A dependency deleted the table" on the root-cause task of SHOP-6
dev links the root-cause task of SHOP-6 to "Pin dependencies"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
dev opens the root-cause task of SHOP-6 again
po closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
