# Where only one kind has a recovery time, the others have none
setting ANDON_RECOVERY_SLA = security=2h
po adds disaster-data to SHOP-6
30 hours pass
then andon says "recovery time" on SHOP-6 never
po adds disaster-security to SHOP-6
then andon says "The recovery time is over" on SHOP-6 once
and andon says "of the recovery time is used" on SHOP-6 never
