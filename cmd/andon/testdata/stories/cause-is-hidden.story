# A root-cause task that andon cannot see is not closed
po adds disaster to SHOP-6
the root-cause task of SHOP-6 is hidden from andon
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
