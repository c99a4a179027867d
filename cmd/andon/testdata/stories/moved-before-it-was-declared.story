# A proposal that is moved proposes in the new project
dev adds disaster to SHOP-6
BLOG is part of the story
po moves SHOP-6 to BLOG
then sprint "BLOG Sprint 3" is active
and sprint "SHOP Sprint 7" is active
and planning of BLOG is free
and planning of SHOP is free
