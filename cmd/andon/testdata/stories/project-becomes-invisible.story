# Andon loses sight of the whole project: the freeze holds
po adds disaster to SHOP-6
andon may not see anything in SHOP
10 minutes pass
then some looks may have failed
and planning of SHOP is frozen
sm starts sprint "SHOP Sprint 8"
andon may see anything in SHOP again
10 minutes pass
then some looks may have failed
and planning of SHOP is frozen
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
