# Putting issues into a sprint is planning too: they go back to where they were
po adds disaster to SHOP-6
sm puts SHOP-2 and SHOP-3 into sprint "SHOP Sprint 8"
then SHOP-2 is in the backlog
and SHOP-3 is in the backlog
and sprint "SHOP Sprint 8" still holds SHOP-11
and andon says "Sam Master put 2 issues into sprint 2" on SHOP-6 once
and andon says "SHOP-2, SHOP-3. Andon put" on SHOP-6 once
and andon's status on SHOP-6 says "2 issues into sprint 2 by Sam Master: put back at"
# the same again is counted
sm puts SHOP-2 and SHOP-3 into sprint "SHOP Sprint 8"
then SHOP-2 is in the backlog
and andon says "Sam Master put 2 issues into sprint 2" on SHOP-6 once
and andon's status on SHOP-6 says "2 times"
# one's own undoing is nobody's business, and neither is taking something out
sm takes SHOP-11 out of their sprint
then SHOP-11 is in the backlog
and andon writes nothing
dev closes the root-cause task of SHOP-6 as Done
then andon says "2 issues that were put into a sprint" on SHOP-6 once
