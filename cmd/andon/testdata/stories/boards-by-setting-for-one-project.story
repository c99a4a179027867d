# A board named for one project is in scope for that one, wherever it is located; every other project keeps its own
setting ANDON_BOARDS = SHOP:1,SHOP:3
there is an active sprint "Joint" of board "BLOG and SHOP together" with SHOP-10
BLOG is part of the story
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Joint" is cancelled by SHOP-6
and sprint "BLOG Sprint 3" is active
lead adds disaster to BLOG-1
then sprint "BLOG Sprint 3" is cancelled by BLOG-1
