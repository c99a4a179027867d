# An operator who changes his mind gets the permissions back, and the freeze stays
setting ANDON_FREEZE = permissions
po adds disaster to SHOP-6
andon restarts with ANDON_FREEZE = react
then planning of SHOP is frozen
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
andon restarts with ANDON_FREEZE = permissions
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
