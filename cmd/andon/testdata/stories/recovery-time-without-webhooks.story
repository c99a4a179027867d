# No webhook is needed for the clock
setting ANDON_RECOVERY_SLA = 4h
webhooks are lost from now on
po adds disaster to SHOP-6
10 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
112 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
1 hour passes
then andon says "75 % of the recovery time is used" on SHOP-6 once
1 hour passes
then andon says "The recovery time is over" on SHOP-6 once
