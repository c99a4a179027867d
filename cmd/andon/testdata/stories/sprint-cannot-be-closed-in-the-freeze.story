# What was started in the freeze and cannot be cancelled again is told and tried again
po adds disaster to SHOP-6
Jira refuses to close sprint "SHOP Sprint 8" because "Ask your administrator."
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
and andon's status on SHOP-6 says "Ask your administrator."
dev takes disaster off SHOP-6
then SHOP-6 carries disaster
and planning of SHOP is frozen
Jira refuses nothing any more
2 minutes pass
then sprint "SHOP Sprint 8" is cancelled by SHOP-6
