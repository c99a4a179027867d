# Every seventh call fails
Jira answers every 7th call with 502
po adds disaster-data to SHOP-6
10 minutes pass
sm creates sprint "Habit" on board "SHOP board"
10 minutes pass
then sprint "Habit" is gone
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
dev closes the root-cause task of SHOP-6 as Done
10 minutes pass
then planning of SHOP is free
Jira refuses nothing any more
10 minutes pass
then some looks may have failed
and SHOP-6 is resolved
and andon says "Andon deleted it at" on SHOP-6 once
