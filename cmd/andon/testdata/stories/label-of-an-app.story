# A program is not the Product Owner, even if somebody put it into the role
only cloud
there is an app robot
the role "Product Owner" of SHOP is held by po and robot
robot adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and andon says "A disaster is proposed" on SHOP-6 once
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
