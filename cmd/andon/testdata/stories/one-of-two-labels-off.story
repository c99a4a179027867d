# As long as one disaster label is left nothing is withdrawn
po adds disaster and disaster-data to SHOP-6
po takes disaster off SHOP-6
then planning of SHOP is frozen
and SHOP-6 does not carry disaster
dev takes disaster-data off SHOP-6
then SHOP-6 carries disaster-data
and planning of SHOP is frozen
po takes disaster-data off SHOP-6
then planning of SHOP is free
