# The role Product Owner is held by a group; its members decide, nobody else does
there is a user ann
there is a group owners of ann
the role "Product Owner" of SHOP is held by group owners
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and andon says "A disaster is proposed" on SHOP-6 once
ann adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
