# The disaster issue's own status decides nothing; closing it too early draws one comment
po adds disaster to SHOP-6
dev closes SHOP-6 as Done
then planning of SHOP is frozen
and andon says "root-cause task" on SHOP-6 once
1 hour passes
dev opens SHOP-6 again
dev closes SHOP-6 as Done
then andon says "root-cause task" on SHOP-6 once
and planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
