# A project without a Scrum Master calls the Product Owner
setting ANDON_RECOVERY_SLA = 4h
setting ANDON_SM_ROLE = Nobody Has This Role
po adds disaster to SHOP-6
121 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
and andon's comment "50 % of the recovery time is used" on SHOP-6 mentions po
