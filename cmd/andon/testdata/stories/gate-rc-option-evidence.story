# ANDON_ROOT_CAUSE_EVIDENCE: somebody has written down the cause, and a prevention action is linked
setting ANDON_ROOT_CAUSE_EVIDENCE = true
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "nobody has written anything" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
dev comments "A dependency deleted the table" on the root-cause task of SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "no prevention issue is linked" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
dev creates a Task "Pin dependencies" in SHOP
dev links the root-cause task of SHOP-6 to "Pin dependencies"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP-6 is resolved
