# A mere proposal that vanishes freezes nothing
dev adds disaster to SHOP-6
lead deletes SHOP-6
then planning of SHOP is free
1 hour passes
andon restarts with nothing in memory
then planning of SHOP is free
and sprint "SHOP Sprint 7" is active
