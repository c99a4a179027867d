# A proposal has no clock, and a declaration starts it when it is made
setting ANDON_RECOVERY_SLA = 4h
dev adds disaster to SHOP-6
3 hours pass
then andon says "recovery time" on SHOP-6 never
po adds disaster-data to SHOP-6
1 hour passes
then andon says "recovery time" on SHOP-6 never
61 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
