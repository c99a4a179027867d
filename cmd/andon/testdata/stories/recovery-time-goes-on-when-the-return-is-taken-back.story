# Who takes the return to service back takes the saved time back as well
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
1 hour passes
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then andon says "recovery time" on SHOP-6 never
150 minutes pass
po takes system-restored off SHOP-6
then andon says "75 % of the recovery time is used" on SHOP-6 once
31 minutes pass
then andon says "The recovery time is over" on SHOP-6 once
