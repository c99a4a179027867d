# Andon may not manage sprints at all
andon may not manage sprints in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "Needs a human"
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is future
andon may manage sprints in SHOP again
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Habit" is gone
