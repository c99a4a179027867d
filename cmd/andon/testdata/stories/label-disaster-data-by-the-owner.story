# The Product Owner adds disaster-data: it is declared, with the tasks of that kind, or a proposal is confirmed and gets them
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
and SHOP-6 has 13 tasks
and SHOP-6 has a task "Reconcile lost changes"
and andon's status on SHOP-6 says "*Kind:* data"
dev adds disaster to SHOP-5
then SHOP-5 is proposed
po adds disaster-data to SHOP-5
then SHOP-5 is recovering
and SHOP-5 has 13 tasks
