# A developer cannot turn a real disaster into a rehearsal
po adds disaster to SHOP-6
dev adds disaster-rehearsal to SHOP-6
then planning of SHOP is frozen
and SHOP-6 is recovering
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
