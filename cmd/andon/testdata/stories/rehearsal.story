# A rehearsal: one comment shows the whole plan, and nothing else happens
po adds disaster-rehearsal and disaster-data to SHOP-6
then andon has written 1 time
and andon says "Rehearsal" on SHOP-6 once
and andon says "SHOP Sprint 7" on SHOP-6 once
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
2 hours pass
andon restarts with nothing in memory
then andon has written 1 time
po takes disaster-rehearsal off SHOP-6
then sprint "SHOP Sprint 7" is active
po takes disaster-data off SHOP-6
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
