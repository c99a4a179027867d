# A root cause that does not count ages as well
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
dev closes the root-cause task of SHOP-6 as Won't Do
25 hours pass
then andon says "frozen for 1 day since the return to service" on SHOP-6 once
and planning of SHOP is frozen
