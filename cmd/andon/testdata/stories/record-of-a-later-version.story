# After a downgrade nothing is guessed: the last known state holds
po adds disaster to SHOP-6
a later version of andon writes the record on SHOP-6
2 minutes pass
then planning of SHOP is frozen
andon restarts with nothing in memory
then planning of SHOP is frozen
sm starts sprint "SHOP Sprint 8"
2 hours pass
then planning of SHOP is frozen
