# A resolved disaster that was moved away keeps the project that it came from in mind:
# until a new sprint runs there, opening its root cause again freezes planning again.
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
BLOG is part of the story
po moves SHOP-6 to BLOG
then planning of SHOP is free
andon restarts with nothing in memory
dev opens the root-cause task of SHOP-6 again
2 minutes pass
then planning of SHOP is frozen
and planning of BLOG is free
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
2 minutes pass
then planning of SHOP is free
