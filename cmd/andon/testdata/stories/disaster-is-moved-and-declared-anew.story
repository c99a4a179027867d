# In the new project its Product Owner has to declare anew
po adds disaster to SHOP-6
BLOG is part of the story
po moves SHOP-6 to BLOG
lead adds disaster-data to SHOP-6
2 minutes pass
then planning of SHOP is frozen
and sprint "BLOG Sprint 3" is cancelled by SHOP-6
and planning of BLOG is frozen
and SHOP-6 has 22 tasks
lead closes the root-cause task of SHOP-6 as Done
then planning of BLOG is free
2 minutes pass
then planning of SHOP is frozen
andon restarts with nothing in memory
then planning of SHOP is frozen
and planning of BLOG is free
