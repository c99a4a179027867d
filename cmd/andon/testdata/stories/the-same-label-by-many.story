# A developer who had the same idea takes nothing away from the declaration
dev adds disaster to SHOP-6
po adds disaster-security to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev takes disaster off SHOP-6
then planning of SHOP is frozen
and SHOP-6 does not carry disaster
and SHOP-6 is recovering
