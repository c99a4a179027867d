# A rehearsal is how a team finds out before the worst day what would not work
andon is no administrator of the site
andon may not manage sprints in SHOP
andon may not create issues in SHOP
andon may not administer the project in SHOP
po adds disaster-rehearsal and disaster to SHOP-6
then andon has written 1 time
and andon says "lacks *Manage Sprints* in SHOP: sprints cannot be cancelled" on SHOP-6 once
and andon says "lacks *Create Issues* in SHOP: no tasks are created" on SHOP-6 once
and andon says "it cannot be read who that is" on SHOP-6 once
and andon says "lacks *Edit Issues*" on SHOP-6 never
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
