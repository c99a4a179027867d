# Nor does a long history hide that somebody else set the label last
andon is stopped
po adds disaster to SHOP-6
dev takes disaster off SHOP-6
dev adds disaster to SHOP-6
po renames SHOP-6 130 times
andon starts
then SHOP-6 is proposed
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
