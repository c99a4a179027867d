# The project gets another key in the freeze; ids are what counts
po adds disaster to SHOP-6
project SHOP is renamed to STORE
sm creates sprint "Habit" on board "SHOP board"
2 minutes pass
then sprint "Habit" is gone
dev closes the root-cause task of SHOP-6 as Done
then planning of STORE is free
andon restarts with nothing in memory
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
then sprint "SHOP Sprint 9" is future
