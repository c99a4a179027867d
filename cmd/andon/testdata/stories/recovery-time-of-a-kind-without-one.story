# A kind without a recovery time of its own gets the common one
setting ANDON_RECOVERY_SLA = 8h,security=2h
po adds disaster to SHOP-6
then andon's status on SHOP-6 says "*Recovery time:* 8 h"
po adds disaster-accidental to SHOP-6
then andon's status on SHOP-6 says "*Recovery time:* 8 h"
4 hours pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
