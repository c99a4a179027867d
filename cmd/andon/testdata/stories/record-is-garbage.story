# Or overwrites it
po adds disaster to SHOP-6
dev writes garbage over andon's record on SHOP-6
2 minutes pass
then planning of SHOP is frozen
and andon's status on SHOP-6 says "made anew"
and SHOP-6 has 9 tasks
andon restarts with nothing in memory
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
