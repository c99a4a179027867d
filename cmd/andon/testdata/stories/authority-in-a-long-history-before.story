# However much has happened before
dev renames SHOP-6 250 times
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev adds system-offline to SHOP-6
then SHOP-6 does not carry system-offline
