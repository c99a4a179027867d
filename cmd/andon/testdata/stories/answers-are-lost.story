# Jira does what it is asked, but the answers get lost: nothing is done twice
Jira does the next 6 writes but the answers are lost
po adds disaster-data to SHOP-6
10 minutes pass
then some looks may have failed
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
and andon's status on SHOP-6 says "recovering, planning is frozen"
Jira does the next 6 writes but the answers are lost
sm creates sprint "Habit" on board "SHOP board"
10 minutes pass
then some looks may have failed
and sprint "Habit" is gone
and andon says "Andon deleted it at" on SHOP-6 once
