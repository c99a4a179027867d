# Nor does a developer's label become the Product Owner's by standing where that one stood
dev adds disaster to SHOP-6
po replaces disaster by lunch on SHOP-6
dev replaces lunch by disaster-data on SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 is proposed
