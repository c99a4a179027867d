# Groups and persons in one role: all of them decide, whoever is in two of them is called once
there is a user ann
there is a user bob
there is a group owners of ann and po
there is a group deputies of bob and ann
the role "Product Owner" of SHOP is held by group owners, group deputies and dev
sm adds disaster to SHOP-6
then SHOP-6 is proposed
and andon's comment "A disaster is proposed" on SHOP-6 mentions ann, bob, po and dev
bob adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev adds system-offline to SHOP-6
then SHOP-6 carries system-offline
