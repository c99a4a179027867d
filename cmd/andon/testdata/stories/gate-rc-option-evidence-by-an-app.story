# A program's comment is no evidence
only cloud
setting ANDON_ROOT_CAUSE_EVIDENCE = true
there is an app robot
po adds disaster to SHOP-6
robot comments "Alert closed" on the root-cause task of SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "nobody has written anything" on SHOP-6 once
