# A kanban board has no sprints, and does not disturb
there is a kanban board "SHOP support" in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
