# Nobody holds the role, so the project's lead decides
the role "Product Owner" of SHOP is held by nobody
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 is proposed
lead adds disaster-security to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 12 tasks
