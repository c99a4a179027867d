# What an administrator chooses in the freeze stays as he chose it
setting ANDON_FREEZE = permissions
there is a permission scheme "The new one"
po adds disaster to SHOP-6
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
SHOP is given the permission scheme "The new one"
2 minutes pass
then SHOP uses the permission scheme "The new one"
and no copy of a permission scheme is left
and andon's status on SHOP-6 says "somebody else changed the project's permission scheme"
and the log says "somebody else changed its permission scheme"
and planning of SHOP is frozen
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
andon restarts with nothing in memory
10 minutes pass
then andon writes nothing
and SHOP uses the permission scheme "The new one"
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP uses the permission scheme "The new one"
and andon says "Andon left it as it is" on SHOP-6 once
