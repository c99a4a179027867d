# Andon may not create issues: the sprint is cancelled, planning is frozen, and the missing root-cause task frees nothing
andon may not create issues in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has no tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "Needs a human"
1 day passes
then planning of SHOP is frozen
andon may create issues in SHOP again
2 minutes pass
then SHOP-6 has 9 tasks
