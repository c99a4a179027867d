# The Product Owner adds disaster-rehearsal with a disaster label: one comment shows the plan, nothing else is written
po adds disaster-rehearsal and disaster-security to SHOP-6
then SHOP-6 is rehearsal
and andon says "Rehearsal" on SHOP-6 once
and andon has written 1 time
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
