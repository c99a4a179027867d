# The return to service stops the clock
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
121 minutes pass
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
then SHOP-6 is investigating
and andon's status on SHOP-6 says "*Recovery time:* 50 % of 4 h used"
10 hours pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
and andon says "75 % of the recovery time is used" on SHOP-6 never
and andon says "The recovery time is over" on SHOP-6 never
