# A freeze that came back is as old as its return
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
3 days pass
dev opens the root-cause task of SHOP-6 again
then planning of SHOP is frozen
and andon says "frozen for" on SHOP-6 never
25 hours pass
then andon says "frozen for 1 day since it was frozen again" on SHOP-6 once
and andon's comment "since it was frozen again" on SHOP-6 mentions po and sm
