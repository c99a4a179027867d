# No timer ends a freeze
po adds disaster to SHOP-6
200 days pass
andon restarts with nothing in memory
then planning of SHOP is frozen
sm creates sprint "Next year" on board "SHOP board"
then sprint "Next year" is gone
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
