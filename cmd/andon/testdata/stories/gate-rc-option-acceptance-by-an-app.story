# A program that closes tasks accepts no root cause
only cloud
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
there is an app robot
the role "Product Owner" of SHOP is held by po and robot
po adds disaster to SHOP-6
robot closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and andon says "only a Product Owner's closing counts here" on SHOP-6 once
