# A free plan does not let anybody exchange schemes
setting ANDON_FREEZE = permissions
the site is on a free plan
po adds disaster to SHOP-6
then planning of SHOP is frozen
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and SHOP uses the permission scheme "Default Permission Scheme"
and andon's status on SHOP-6 says "enforced by undoing only"
and andon's status on SHOP-6 says "free plans"
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
10 minutes pass
then andon writes nothing
the site is on a paid plan again
2 hours pass
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
