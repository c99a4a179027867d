# What was missing may be added afterwards, without opening the task again
setting ANDON_ROOT_CAUSE_EVIDENCE = true
dev creates a Task "Pin dependencies" in SHOP
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
dev comments "A dependency deleted the table" on the root-cause task of SHOP-6
1 minute passes
then planning of SHOP is frozen
and andon says "no prevention issue is linked" on SHOP-6 once
dev links "Pin dependencies" to the root-cause task of SHOP-6
5 minutes pass
then planning of SHOP is free
