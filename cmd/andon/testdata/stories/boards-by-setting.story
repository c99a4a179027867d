# The operator names the boards in scope
setting ANDON_BOARDS = 4
there is a scrum board "SHOP web" in SHOP
there is an active sprint "Web 1" of board "SHOP web" with SHOP-10
po adds disaster to SHOP-6
then sprint "Web 1" is cancelled by SHOP-6
and sprint "SHOP Sprint 7" is active
and andon's status on SHOP-6 says "SHOP Sprint 7"
sm creates sprint "Web 2" on board "SHOP web"
then sprint "Web 2" is gone
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
then sprint "SHOP Sprint 9" is future
