# The whole story happens while andon is down; it finds no freeze and makes no fuss
po adds disaster to SHOP-6
andon is stopped
dev closes the root-cause task of SHOP-6 as Done
sm starts sprint "SHOP Sprint 8"
andon starts with nothing in memory
then planning of SHOP is free
and sprint "SHOP Sprint 8" is active
