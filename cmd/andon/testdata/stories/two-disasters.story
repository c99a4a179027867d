# Two disasters at once: planning is free when both causes are known
po adds disaster to SHOP-6
po adds disaster-security to SHOP-5
then SHOP-6 has 9 tasks
and SHOP-5 has 12 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and SHOP-6 is resolved
and SHOP-5 is recovering
and andon says "no longer freezes planning" on SHOP-6 once
and andon says "Planning is free again.*" on SHOP-6 never
sm creates sprint "Too early" on board "SHOP board"
then sprint "Too early" is gone
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is free
and andon says "Planning is free again.*" on SHOP-5 once
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm starts sprint "SHOP Sprint 9"
then sprint "SHOP Sprint 9" is active
