# Anybody may rehearse
dev adds disaster-rehearsal and disaster to SHOP-6
then andon has written 1 time
and andon says "Rehearsal" on SHOP-6 once
and sprint "SHOP Sprint 7" is active
dev takes disaster and disaster-rehearsal off SHOP-6
then andon has written 1 time
