# A Product Owner who leaves the role later undoes nothing: not the declaration, the mode or the return to service
po adds disaster to SHOP-6
po adds system-offline to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
the role "Product Owner" of SHOP is held by sm
1 hour passes
andon restarts with nothing in memory
then SHOP-6 is investigating
and planning of SHOP is frozen
and SHOP-6 carries system-offline and system-restored
po takes system-restored off SHOP-6
then SHOP-6 carries system-restored
and SHOP-6 is investigating
sm takes system-restored off SHOP-6
then SHOP-6 is recovering
