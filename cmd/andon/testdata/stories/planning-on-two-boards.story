# Every board of the project counts, and one act on both is two
there is a scrum board "SHOP web" in SHOP
there is a future sprint "Web 1" of board "SHOP web" with SHOP-10
po adds disaster to SHOP-6
sm puts SHOP-2 into sprint "Web 1"
sm puts SHOP-3 into sprint "SHOP Sprint 8"
sm puts SHOP-11 into sprint "Web 1"
then SHOP-2 is in the backlog
and SHOP-3 is in the backlog
and SHOP-11 is in sprint "SHOP Sprint 8"
and SHOP-10 is in sprint "Web 1"
and andon says "Sam Master put 1 issue into" on SHOP-6 3 times
