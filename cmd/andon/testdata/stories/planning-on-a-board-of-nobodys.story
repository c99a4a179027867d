# A board in no project is no way around the freeze: the sprint is left alone, what was put into it goes back
po adds disaster to SHOP-6
there is a scrum board "Mine" of nobody's that shows "project = SHOP"
sm creates sprint "Mine 1" on board "Mine"
sm puts SHOP-2 and SHOP-3 into sprint "Mine 1"
2 minutes pass
then SHOP-2 is in the backlog
and SHOP-3 is in the backlog
sm puts SHOP-10 into sprint "Mine 1"
sm starts sprint "Mine 1"
2 minutes pass
then SHOP-10 is in the backlog
