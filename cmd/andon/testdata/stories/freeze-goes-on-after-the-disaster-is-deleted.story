# Deleting the issue does not thaw planning either
po adds disaster to SHOP-6
lead deletes SHOP-6
andon restarts with nothing in memory
sm creates sprint "Habit" on board "SHOP board"
sm starts sprint "SHOP Sprint 8"
5 minutes pass
then sprint "Habit" is gone
and sprint "SHOP Sprint 8" is closed
and planning of SHOP is frozen
