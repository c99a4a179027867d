# The board of a sprint was deleted: nobody can say whose sprint it is, so it is left alone
there is a scrum board "Gone" in SHOP
there is an active sprint "Orphan" of board "Gone" with SHOP-10
lead deletes board "Gone"
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Orphan" is active
and SHOP-6 has 9 tasks
