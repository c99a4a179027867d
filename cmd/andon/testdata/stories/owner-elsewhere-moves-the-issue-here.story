# The Product Owner of SHOP decides nothing in BLOG, wherever the label was set
BLOG is part of the story
po adds disaster to BLOG-2
then sprint "BLOG Sprint 3" is active
and BLOG-2 is proposed
lead moves BLOG-2 to SHOP
then sprint "SHOP Sprint 7" is active
and planning of SHOP is free
and planning of BLOG is free
