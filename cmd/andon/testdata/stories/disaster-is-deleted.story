# Nobody can tell deleted from hidden, so the freeze holds, over a restart too
po adds disaster to SHOP-6
lead deletes SHOP-6
then planning of SHOP is frozen
sm starts sprint "SHOP Sprint 8"
2 hours pass
andon restarts with nothing in memory
then planning of SHOP is frozen
and the log says "issue-unreadable"
