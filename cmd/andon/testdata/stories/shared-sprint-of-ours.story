# A sprint of SHOP's own board is cancelled though it holds an issue of BLOG; that issue stays as it is
there is an active sprint "Together" of board "SHOP board" with SHOP-10 and BLOG-2
po adds disaster to SHOP-6
then sprint "Together" is cancelled by SHOP-6
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Together" still holds SHOP-10 and BLOG-2
and sprint "BLOG Sprint 3" is active
