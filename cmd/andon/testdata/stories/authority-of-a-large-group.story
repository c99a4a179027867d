# The role is held by a group of more people than Jira shows on one page; each of them decides, the last one too
there are 120 users in group owners
there is a user zoe
zoe joins group owners
the role "Product Owner" of SHOP is held by group owners
po adds disaster to SHOP-6
then SHOP-6 is proposed
and sprint "SHOP Sprint 7" is active
zoe adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
zoe leaves group owners
zoe takes disaster and disaster-data off SHOP-6
then planning of SHOP is frozen
and SHOP-6 carries disaster
owners77 takes disaster and disaster-data off SHOP-6
then SHOP-6 is withdrawn
