# The step is told when it is reached, however seldom andon looks by itself
setting ANDON_RECOVERY_SLA = 16m
setting ANDON_RESYNC = 15m
setting ANDON_SWEEP = 1h
webhooks are lost from now on
po adds disaster to SHOP-6
andon restarts with nothing in memory
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
7 minutes pass
then andon says "of the recovery time is used" on SHOP-6 never
70 seconds pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
4 minutes pass
then andon says "75 % of the recovery time is used" on SHOP-6 once
4 minutes pass
then andon says "The recovery time is over" on SHOP-6 once
