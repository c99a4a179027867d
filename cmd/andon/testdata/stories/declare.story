# The Product Owner declares, the line stops
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-2, SHOP-3, SHOP-5 and SHOP-6
and SHOP-1 is in the backlog
and sprint "SHOP Sprint 8" is future
and sprint "BLOG Sprint 3" is active
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and SHOP-6 is recovering
and andon's status on SHOP-6 says "recovering, planning is frozen"
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
and andon says "Andon deleted it at" on SHOP-6 once
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
and andon says "Andon cancelled it again" on SHOP-6 once
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP-6 is resolved
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm starts sprint "SHOP Sprint 9"
then sprint "SHOP Sprint 9" is active
