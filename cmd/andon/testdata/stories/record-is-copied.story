# Andon's record on another issue declares nothing there
po adds disaster to SHOP-6
dev copies andon's record from SHOP-6 to SHOP-5
dev adds disaster to SHOP-5
then SHOP-5 is proposed
and SHOP-5 has no tasks
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
