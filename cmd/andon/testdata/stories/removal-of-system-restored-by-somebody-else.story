# Anybody else's removal is undone, with a word on who may; the system stays in service
po adds disaster to SHOP-6
dev closes every task of SHOP-6 but the root-cause task as Done
po adds system-restored to SHOP-6
dev takes system-restored off SHOP-6
then SHOP-6 carries system-restored
and SHOP-6 is investigating
and andon says "Only a Product Owner takes back the return to service" on SHOP-6 once
and andon's comment "takes back the return to service" on SHOP-6 mentions po
andon restarts with nothing in memory
then SHOP-6 is investigating
po takes system-restored off SHOP-6
then SHOP-6 is recovering
