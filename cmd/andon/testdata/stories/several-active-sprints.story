# Every active sprint of every board of the project is cancelled
there is a scrum board "SHOP web" in SHOP
there is an active sprint "Web 1" of board "SHOP web" with SHOP-10
there is an active sprint "Parallel" of board "SHOP board" with nothing
there is a future sprint "Web 2" of board "SHOP web" with SHOP-11
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Web 1" is cancelled by SHOP-6
and sprint "Parallel" is cancelled by SHOP-6
and sprint "Web 2" is future
and sprint "BLOG Sprint 3" is active
sm creates sprint "Web 3" on board "SHOP web"
then sprint "Web 3" is gone
sm starts sprint "Web 2"
then sprint "Web 2" is cancelled by SHOP-6
