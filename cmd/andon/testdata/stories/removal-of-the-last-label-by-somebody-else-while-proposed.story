# Who proposed may take it back; nothing was declared, so nothing is put back
dev adds disaster to SHOP-6
dev takes disaster off SHOP-6
then SHOP-6 does not carry disaster
and sprint "SHOP Sprint 7" is active
