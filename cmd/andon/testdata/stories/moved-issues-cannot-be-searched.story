# The search for moved issues is refused: everything else goes on
po adds disaster to SHOP-6
Jira refuses to search for issues in sprints because "The index is broken."
sm puts SHOP-2 into sprint "SHOP Sprint 8"
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
and SHOP-2 is in sprint "SHOP Sprint 8"
and planning of SHOP is frozen
and andon's status on SHOP-6 says "The index is broken."
Jira refuses nothing any more
2 minutes pass
then SHOP-2 is in the backlog
