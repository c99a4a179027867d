# Days that were missed are not told one by one
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
andon is stopped
76 hours pass
andon starts
then andon says "frozen for 3 days since the return to service" on SHOP-6 once
and andon says "since the return to service" on SHOP-6 once
