# The Product Owner gets a successor of the cancelled sprint; starting it is the team's
po adds disaster to SHOP-6
dev closes SHOP-2 as Done
dev closes the root-cause task of SHOP-6 as Done
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-3, SHOP-5 and SHOP-6
andon restarts with nothing in memory
sm starts sprint "SHOP Sprint 7"
then sprint "SHOP Sprint 7" is active
and planning of SHOP is free
