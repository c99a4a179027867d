# Andon may not comment: the line stops all the same
andon may not comment in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and andon says nothing on SHOP-6
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
andon may comment in SHOP again
2 minutes pass
then andon's status on SHOP-6 says "planning is frozen"
