# A deleted issue never comes back; its order outlives every restart
po adds disaster to SHOP-6
lead deletes SHOP-6
5 minutes pass
then planning of SHOP is frozen
the operator releases SHOP-6 of SHOP because "deleted by mistake"
andon restarts with nothing in memory
2 minutes pass
then planning of SHOP is free
andon restarts with nothing in memory
1 hour passes
then planning of SHOP is free
