# The description will do as well as a comment; andon's own text does not count, nor the link to the disaster
setting ANDON_ROOT_CAUSE_EVIDENCE = true
dev creates a Task "Pin dependencies" in SHOP
po adds disaster to SHOP-6
dev links the root-cause task of SHOP-6 to SHOP-6
dev describes the root-cause task of SHOP-6 as "Side effect of a feature: the clean-up ran in production"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "no prevention issue is linked" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
dev links the root-cause task of SHOP-6 to "Pin dependencies"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
