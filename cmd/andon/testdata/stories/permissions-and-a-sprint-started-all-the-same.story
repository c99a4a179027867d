# What gets through all the same is undone, and andon keeps the permission for it
setting ANDON_FREEZE = permissions
only data center
sm starts sprint "SHOP Sprint 8"
sm completes sprint "SHOP Sprint 8"
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sprint "SHOP Sprint 9" starts by itself in 10 minutes
po adds disaster to SHOP-6
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
15 minutes pass
then sprint "SHOP Sprint 9" is cancelled by SHOP-6
