# Only the Product Owner withdraws: the label is put back
po adds disaster to SHOP-6
dev takes disaster off SHOP-6
then SHOP-6 carries disaster
and andon says "put disaster back" on SHOP-6 once
and planning of SHOP is frozen
and SHOP-6 has 9 tasks
dev takes disaster off SHOP-6
then SHOP-6 carries disaster
and planning of SHOP is frozen
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
and SHOP-6 does not carry disaster
and planning of SHOP is free
