# pending: an issue with a record of its old project cannot be declared anew in the new one
# In the new project its Product Owner has to declare anew
po adds disaster to SHOP-6
BLOG is part of the story
po moves SHOP-6 to BLOG
lead adds disaster-data to SHOP-6
2 minutes pass
then planning of SHOP is frozen
and sprint "BLOG Sprint 3" is cancelled by SHOP-6
and planning of BLOG is frozen
