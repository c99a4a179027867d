# Authority is judged when andon first acts: who has left the role by then has only proposed
andon is stopped
po adds disaster to SHOP-6
the role "Product Owner" of SHOP is held by dev
andon starts
then SHOP-6 is proposed
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
dev adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
