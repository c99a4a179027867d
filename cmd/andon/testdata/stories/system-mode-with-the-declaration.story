# Disaster and system mode in one edit: declared, and the mode is set
po adds disaster-data and system-offline to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 carries system-offline
and andon's status on SHOP-6 says "*System mode:* system-offline"
