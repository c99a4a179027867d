# An app puts one issue after the other into a sprint
there is an app robot
po adds disaster to SHOP-6
robot puts SHOP-1 into sprint "SHOP Sprint 8"
robot puts SHOP-2 into sprint "SHOP Sprint 8"
robot puts SHOP-3 into sprint "SHOP Sprint 8"
robot puts SHOP-5 into sprint "SHOP Sprint 8"
robot puts SHOP-1 into sprint "SHOP Sprint 8"
then SHOP-1 is in the backlog
and andon says "An automation seems to fight" on SHOP-6 once
robot puts SHOP-10 into sprint "SHOP Sprint 8"
then SHOP-10 is in sprint "SHOP Sprint 8"
and andon writes nothing
2 minutes pass
then SHOP-10 is in the backlog
and andon says "Robot puts issues into sprints" on SHOP-6 once
and planning of SHOP is frozen
