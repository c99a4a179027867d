# An issue of another project was in the cancelled sprint; it is not andon's to plan again
there is an active sprint "Together" of board "SHOP board" with SHOP-10 and BLOG-2
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
po adds sprint-resume to SHOP-6
then sprint "Together" is future
and sprint "Together" still holds SHOP-10
and BLOG-2 is in the backlog
and andon says "1 left out" on SHOP-6 once
