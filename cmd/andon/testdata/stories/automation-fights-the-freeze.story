# A rule creates sprint after sprint: andon says so once, and comes by once a minute
po adds disaster to SHOP-6
sm creates sprint "Auto 1" on board "SHOP board"
sm creates sprint "Auto 2" on board "SHOP board"
sm creates sprint "Auto 3" on board "SHOP board"
sm creates sprint "Auto 4" on board "SHOP board"
then andon says "An automation seems to fight" on SHOP-6 never
sm creates sprint "Auto 5" on board "SHOP board"
then sprint "Auto 5" is gone
and andon says "An automation seems to fight" on SHOP-6 once
and andon says "a rule or script that creates sprints" on SHOP-6 once
and andon says "Andon deleted it at" on SHOP-6 5 times
sm creates sprint "Auto 6" on board "SHOP board"
then sprint "Auto 6" is future
and andon writes nothing
and planning of SHOP is frozen
2 minutes pass
then sprint "Auto 6" is gone
and andon says "Andon deleted it at" on SHOP-6 5 times
and andon's status on SHOP-6 says "6 violations so far"
# another source is met at once
dev puts SHOP-2 into sprint "SHOP Sprint 8"
then SHOP-2 is in the backlog
# an hour of quiet
61 minutes pass
sm creates sprint "Auto 7" on board "SHOP board"
then sprint "Auto 7" is gone
and andon says "Andon deleted it at" on SHOP-6 6 times
and andon says "An automation seems to fight" on SHOP-6 once
