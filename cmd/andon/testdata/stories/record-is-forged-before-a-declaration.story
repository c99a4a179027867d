# Garbage on an issue that nobody declared freezes nothing
dev writes garbage over andon's record on SHOP-6
dev adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and planning of SHOP is free
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
