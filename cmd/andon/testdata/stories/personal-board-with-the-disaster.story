# The sprint of a board that is located nowhere is cancelled where it holds the disaster
there is a scrum board "Paula's own" of nobody's that shows "project = SHOP"
there is an active sprint "Paula 1" of board "Paula's own" with SHOP-10
po adds disaster to SHOP-10
then sprint "Paula 1" is cancelled by SHOP-10
and sprint "SHOP Sprint 7" is cancelled by SHOP-10
