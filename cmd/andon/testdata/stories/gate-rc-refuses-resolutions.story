# A root-cause task that is closed as Won't Do tells no cause
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Won't Do
then planning of SHOP is frozen
and andon says "closed as Won't Do" on SHOP-6 once
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
dev opens the root-cause task of SHOP-6 again
dev closes the root-cause task of SHOP-6 as Duplicate
then planning of SHOP is frozen
dev opens the root-cause task of SHOP-6 again
dev closes the root-cause task of SHOP-6 as Cannot Reproduce
then planning of SHOP is frozen
dev opens the root-cause task of SHOP-6 again
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
