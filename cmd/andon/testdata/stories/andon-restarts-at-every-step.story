# Nothing that counts is in andon's memory
po adds disaster to SHOP-6
andon restarts with nothing in memory
then planning of SHOP is frozen
po adds disaster-data to SHOP-6
andon restarts with nothing in memory
then SHOP-6 has 13 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
andon is stopped
sm creates sprint "Habit" on board "SHOP board"
sm starts sprint "SHOP Sprint 8"
dev takes disaster and disaster-data off SHOP-6
andon starts with nothing in memory
then sprint "Habit" is gone
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
and SHOP-6 carries disaster
andon is stopped
dev closes the root-cause task of SHOP-6 as Done
andon starts with nothing in memory
then planning of SHOP is free
