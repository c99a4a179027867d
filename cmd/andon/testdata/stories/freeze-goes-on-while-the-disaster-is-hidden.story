# Hiding the issue is no way around the freeze: what the project itself keeps is enough to enforce it
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
sm creates sprint "Habit" on board "SHOP board"
sm puts SHOP-2 into sprint "SHOP Sprint 8"
2 minutes pass
andon restarts with nothing in memory
then sprint "Habit" is gone
and SHOP-2 is in the backlog
sm starts sprint "SHOP Sprint 8"
2 minutes pass
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
and planning of SHOP is frozen
SHOP-6 is shown to andon again
2 minutes pass
then SHOP-6 is recovering
and andon says "Habit" on SHOP-6 once
and andon's status on SHOP-6 says "SHOP Sprint 8"
dev closes the root-cause task of SHOP-6 as Done
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 8" is future
and sprint "SHOP Sprint 8" still holds SHOP-11
