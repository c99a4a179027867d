# A sprint of BLOG's board that holds an issue of SHOP is reported, never touched
there is an active sprint "Joint" of board "BLOG and SHOP together" with SHOP-2, SHOP-10 and BLOG-2
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Joint" is active
and sprint "Joint" still holds SHOP-2, SHOP-10 and BLOG-2
and andon's status on SHOP-6 says "Joint"
sm creates sprint "Joint 2" on board "BLOG and SHOP together"
then sprint "Joint 2" is future
