# However much has happened to the issue since, the Product Owner's label is found
andon is stopped
po adds disaster to SHOP-6
dev renames SHOP-6 130 times
andon starts
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 is recovering
po adds system-offline to SHOP-6
dev renames SHOP-6 130 times
then SHOP-6 carries system-offline
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
