# Neither the issue's own status nor any other task opens the gate
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
dev closes SHOP-6 as Done
then planning of SHOP is frozen
and andon says "The issue's own status decides nothing" on SHOP-6 once
10 days pass
then planning of SHOP is frozen
