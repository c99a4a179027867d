# Each disaster has a clock of its own
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
1 hour passes
po adds disaster to SHOP-5
61 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
and andon says "50 % of the recovery time is used" on SHOP-5 never
1 hour passes
then andon says "75 % of the recovery time is used" on SHOP-6 once
and andon says "50 % of the recovery time is used" on SHOP-5 once
