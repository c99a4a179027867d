# A false alarm costs the team its sprint, but not its plan
po adds disaster to SHOP-6
po takes disaster off SHOP-6
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-2, SHOP-3, SHOP-5 and SHOP-6
