# The call is made although nobody can tell whom to call
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
andon is no administrator of the site
andon may not administer the project in SHOP
121 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
