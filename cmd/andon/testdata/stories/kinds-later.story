# A kind that is set later adds the tasks that are missing, and only those
po adds disaster to SHOP-6
then SHOP-6 has 9 tasks
po adds disaster-data to SHOP-6
then SHOP-6 has 13 tasks
and SHOP-6 has a task "Reconcile lost changes"
dev adds disaster-accidental to SHOP-6
then SHOP-6 has 13 tasks
and SHOP-6 carries disaster-accidental
and andon says "Only a Product Owner sets the kind" on SHOP-6 once
po adds disaster-security to SHOP-6
then SHOP-6 has 16 tasks
and planning of SHOP is frozen
