# A security level hides the issue from andon: the freeze holds until it is seen again
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
5 minutes pass
then planning of SHOP is frozen
andon restarts with nothing in memory
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
SHOP-6 is shown to andon again
5 minutes pass
then planning of SHOP is free
and SHOP-6 is resolved
