# No webhook is needed for it
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
webhooks are lost from now on
25 hours pass
then andon says "frozen for 1 day since the return to service" on SHOP-6 once
