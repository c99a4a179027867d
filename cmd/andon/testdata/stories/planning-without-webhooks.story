# No webhook tells of it: the next look finds it all
po adds disaster to SHOP-6
webhooks are lost from now on
sm puts SHOP-2 into sprint "SHOP Sprint 8"
dev creates a Story "Urgent wish" in SHOP in sprint "SHOP Sprint 8"
sm creates sprint "Habit" on board "SHOP board"
then SHOP-2 is in sprint "SHOP Sprint 8"
2 minutes pass
then SHOP-2 is in the backlog
and "Urgent wish" is in the backlog
and sprint "Habit" is gone
