# Each project has its own freeze
BLOG is part of the story
po adds disaster to SHOP-6
lead adds disaster to BLOG-1
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "BLOG Sprint 3" is cancelled by BLOG-1
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and planning of BLOG is frozen
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm creates sprint "BLOG Sprint 4" on board "BLOG board"
then sprint "SHOP Sprint 9" is future
and sprint "BLOG Sprint 4" is gone
