# As long as planning is frozen there is no successor
po adds disaster to SHOP-6
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" is closed
and planning of SHOP is frozen
