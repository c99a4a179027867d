# Nor where the role still lists the account
andon is stopped
dev adds disaster to SHOP-6
the role "Product Owner" of SHOP is held by po and lead
the account of dev is deleted
the account of po is deleted
andon starts
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
lead adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
