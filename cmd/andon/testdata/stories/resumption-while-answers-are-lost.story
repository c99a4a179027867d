# A lost answer never makes a second sprint
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
Jira does the next 3 writes but the answers are lost
po adds sprint-resume to SHOP-6
5 minutes pass
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-2, SHOP-3, SHOP-5 and SHOP-6
and there is one open sprint "SHOP Sprint 7"
and some looks may have failed
po takes sprint-resume off SHOP-6
po adds sprint-resume to SHOP-6
then there is one open sprint "SHOP Sprint 7"
