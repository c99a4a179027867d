# All tasks of the gate are done and the Product Owner says so; then the cause is sought
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
then SHOP-6 is recovering
po adds system-restored to SHOP-6
then SHOP-6 carries system-restored
and SHOP-6 is investigating
and planning of SHOP is frozen
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then SHOP-6 is resolved
and planning of SHOP is free
