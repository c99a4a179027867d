# Another team's sprint is never touched, so a comment tells of it, once
po adds disaster to SHOP-6
dev puts SHOP-2 into sprint "BLOG Sprint 3"
2 minutes pass
then andon says "Dana Developer put SHOP-2 into sprint" on SHOP-6 once
and andon says "of project BLOG" on SHOP-6 once
and sprint "BLOG Sprint 3" still holds SHOP-2
dev puts SHOP-10 into sprint "BLOG Sprint 3"
5 minutes pass
andon restarts with nothing in memory
then andon says "while planning is frozen. That sprint is not this project's" on SHOP-6 once
