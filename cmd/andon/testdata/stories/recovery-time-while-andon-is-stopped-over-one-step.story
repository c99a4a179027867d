# Nor is a step told late once the next one is reached
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
andon is stopped
185 minutes pass
andon starts
then andon says "75 % of the recovery time is used" on SHOP-6 once
and andon says "50 % of the recovery time is used" on SHOP-6 never
56 minutes pass
then andon says "The recovery time is over" on SHOP-6 once
