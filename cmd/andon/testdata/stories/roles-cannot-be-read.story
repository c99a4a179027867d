# Without Administer Projects andon cannot know who decides, so nothing changes
andon is no administrator of the site
andon may not administer the project in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and planning of SHOP is free
and the log says "owners-unreadable"
and andon says "*The label disaster waits.*" on SHOP-6 once
and andon says "needs Administer Projects" on SHOP-6 once
andon restarts with nothing in memory
2 minutes pass
then andon has written 1 time
andon may administer the project in SHOP again
5 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
