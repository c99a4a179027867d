# The Product Owner adds disaster-accidental: it is declared, with the tasks of that kind, or a proposal is confirmed and gets them
po adds disaster-accidental to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
and SHOP-6 has 12 tasks
and SHOP-6 has a task "Roll back or disable the change"
and andon's status on SHOP-6 says "*Kind:* accidental"
dev adds disaster to SHOP-5
then SHOP-5 is proposed
po adds disaster-accidental to SHOP-5
then SHOP-5 is recovering
and SHOP-5 has 12 tasks
