# Everything is said once and done once
webhooks arrive twice
dev adds disaster to SHOP-6
then andon says "A disaster is proposed" on SHOP-6 once
po adds disaster-data to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 13 tasks
sm creates sprint "Habit" on board "SHOP board"
then sprint "Habit" is gone
and andon says "Andon deleted it at" on SHOP-6 once
dev closes the root-cause task of SHOP-6 as Done
then andon says "Planning is free again.*" on SHOP-6 once
