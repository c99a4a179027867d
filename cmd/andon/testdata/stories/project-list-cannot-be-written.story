# Where andon may not write on the project, its records on the issues have to do
Jira refuses the project's property in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
and the log says "the project's property cannot be written"
andon restarts with nothing in memory
then planning of SHOP is frozen
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
SHOP-6 is hidden from andon
5 minutes pass
then planning of SHOP is frozen
SHOP-6 is shown to andon again
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
