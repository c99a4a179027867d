# The Product Owner adds sprint-resume after the release: a successor with the open issues is created, and starting it is the team's
po adds disaster to SHOP-6
dev closes SHOP-2 as Done
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-3, SHOP-5 and SHOP-6
and SHOP-2 is in the backlog
