# pending: Data Center tells no creation date, and the baseline does not tell a board of the freeze from one that came into scope later
# A new board is no way around the freeze
po adds disaster to SHOP-6
there is a scrum board "Secret" in SHOP
sm creates sprint "Secret 1" on board "Secret"
2 minutes pass
then sprint "Secret 1" is gone
