# Nobody else asks for it
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
dev adds sprint-resume to SHOP-6
then SHOP-6 does not carry sprint-resume
and andon says "The label sprint-resume was taken off again" on SHOP-6 once
and sprint "SHOP Sprint 7" is closed
