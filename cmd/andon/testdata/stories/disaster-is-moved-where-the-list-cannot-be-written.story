# The issue itself points back to the project that it stops
Jira refuses the project's property in SHOP
po adds disaster to SHOP-6
BLOG is part of the story
po moves SHOP-6 to BLOG
andon restarts with nothing in memory
then planning of SHOP is frozen
and planning of BLOG is free
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
