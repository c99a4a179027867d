# The site has no role of that name at all
setting ANDON_PO_ROLE = Captain
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
lead adds disaster to SHOP-5
then sprint "SHOP Sprint 7" is cancelled by SHOP-5
