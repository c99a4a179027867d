# Somebody erases andon's record: the freeze stays, what runs then is left alone
po adds disaster to SHOP-6
dev deletes andon's record on SHOP-6
2 minutes pass
then planning of SHOP is frozen
and SHOP-6 has 9 tasks
and andon's status on SHOP-6 says "made anew"
andon restarts with nothing in memory
then planning of SHOP is frozen
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
