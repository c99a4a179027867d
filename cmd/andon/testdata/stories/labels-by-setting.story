# The operator names the labels himself
setting ANDON_LABEL_DISASTER = emergency
setting ANDON_LABEL_DISASTER_DATA = emergency-data
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
po adds emergency-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
