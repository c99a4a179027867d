# ANDON_RELEASE_REQUIRES=restored: planning also waits for the return to service
setting ANDON_RELEASE_REQUIRES = restored
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and SHOP-6 is recovering
and andon's status on SHOP-6 says "system-restored"
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
po adds system-restored to SHOP-6
then planning of SHOP is frozen
and SHOP-6 does not carry system-restored
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then planning of SHOP is free
and SHOP-6 is resolved
and andon says "Recovery is still open" on SHOP-6 never
