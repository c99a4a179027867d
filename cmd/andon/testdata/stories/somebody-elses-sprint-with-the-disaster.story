# Not even if it holds the disaster itself
there is an active sprint "Joint" of board "BLOG and SHOP together" with SHOP-10 and BLOG-2
po adds disaster to SHOP-10
then sprint "SHOP Sprint 7" is cancelled by SHOP-10
and sprint "Joint" is active
and sprint "Joint" still holds SHOP-10 and BLOG-2
and andon's status on SHOP-10 says "Joint"
