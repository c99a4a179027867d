# A filter that names no project shows everybody's issues; whose board it is, its place tells
there is a scrum board "Urgent" in SHOP that shows "labels = urgent OR project = SHOP"
there is a scrum board "Urgent too" in BLOG that shows "labels = urgent OR project = SHOP"
there is an active sprint "Ours" of board "Urgent" with SHOP-10
there is an active sprint "Theirs" of board "Urgent too" with SHOP-11
po adds disaster to SHOP-6
then sprint "Ours" is cancelled by SHOP-6
and sprint "Theirs" is active
and andon's status on SHOP-6 says "Theirs"
sm creates sprint "Theirs 2" on board "Urgent too"
sm creates sprint "Ours 2" on board "Urgent"
2 minutes pass
then sprint "Theirs 2" is future
and sprint "Ours 2" is gone
