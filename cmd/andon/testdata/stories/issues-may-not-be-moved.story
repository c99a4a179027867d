# Andon may not move issues at all: the rest of the freeze stands, and the status says what to do
po adds disaster to SHOP-6
andon may not edit issues in SHOP
sm puts SHOP-2, SHOP-3 and SHOP-5 into sprint "SHOP Sprint 8"
then some looks may have failed
and SHOP-2 is in sprint "SHOP Sprint 8"
and planning of SHOP is frozen
andon may edit issues in SHOP again
2 minutes pass
then SHOP-2 is in the backlog
and SHOP-3 is in the backlog
and SHOP-5 is in the backlog
