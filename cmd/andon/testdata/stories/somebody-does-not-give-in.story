# However often the label is taken off, it is put back; the comments end before they fill the issue
po adds disaster to SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
dev takes disaster off SHOP-6
then SHOP-6 carries disaster
and planning of SHOP is frozen
and andon says "took off the last disaster label" on SHOP-6 5 times
