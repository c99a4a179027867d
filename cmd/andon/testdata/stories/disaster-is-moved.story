# The issue goes to another project: the old one stays frozen, nothing happens in the new one
po adds disaster to SHOP-6
BLOG is part of the story
po moves SHOP-6 to BLOG
2 hours pass
then planning of SHOP is frozen
and planning of BLOG is free
and sprint "BLOG Sprint 3" is active
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is closed
andon restarts with nothing in memory
then planning of SHOP is frozen
and sprint "BLOG Sprint 3" is active
dev closes the root-cause task of SHOP-6 as Done
2 minutes pass
then planning of SHOP is free
and sprint "BLOG Sprint 3" is active
