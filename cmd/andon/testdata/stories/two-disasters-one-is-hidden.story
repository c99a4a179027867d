# What cannot be seen holds the freeze, whatever becomes of the other
po adds disaster to SHOP-6
po adds disaster to SHOP-5
SHOP-6 is hidden from andon
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is frozen
andon restarts with nothing in memory
then planning of SHOP is frozen
SHOP-6 is shown to andon again
dev closes the root-cause task of SHOP-6 as Done
5 minutes pass
then planning of SHOP is free
