# The cause was not the cause: the freeze comes back
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
sm creates sprint "Early" on board "SHOP board"
dev opens the root-cause task of SHOP-6 again
then planning of SHOP is frozen
and andon says "Planning is frozen again" on SHOP-6 once
and sprint "Early" is future
sm starts sprint "Early"
then sprint "Early" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
