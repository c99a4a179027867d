# ANDON_ROOT_CAUSE_ACCEPTANCE=po: only the Product Owner's closing counts
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "only a Product Owner's closing counts here" on SHOP-6 once
and andon's status on SHOP-6 says "a Product Owner closes the root-cause task"
andon restarts with nothing in memory
2 hours pass
then planning of SHOP is frozen
and andon says "only a Product Owner's closing counts here" on SHOP-6 once
dev opens the root-cause task of SHOP-6 again
po closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP-6 is resolved
