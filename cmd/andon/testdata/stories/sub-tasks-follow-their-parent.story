# A sub-task is wherever its parent is; only the parent is moved
po adds disaster to SHOP-6
dev creates a sub-task "Print the form" under SHOP-1
sm puts SHOP-1 into sprint "SHOP Sprint 8"
dev creates a sub-task "Send the form" under SHOP-1
then SHOP-1 is in the backlog
and andon says "Sam Master put 1 issue into sprint 2" on SHOP-6 once
