# The Product Owner makes up his mind about the kind, in one edit
po adds disaster to SHOP-6
po replaces disaster by disaster-data on SHOP-6
then planning of SHOP is frozen
and SHOP-6 has 13 tasks
and SHOP-6 does not carry disaster
and SHOP-6 is recovering
