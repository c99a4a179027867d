# Without a valid token Cloud looks like an empty Jira: that proves nothing, and the freeze holds
po adds disaster to SHOP-6
andon's token expires
sm creates sprint "Habit" on board "SHOP board"
then some looks failed
and sprint "Habit" is future
10 minutes pass
then some looks failed
and planning of SHOP is frozen
and andon says "free" on SHOP-6 never
andon's token is renewed
10 minutes pass
then some looks may have failed
and sprint "Habit" is gone
and planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
