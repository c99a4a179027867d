# Data Center closes no sprint that holds done issues with open sub-tasks
only data center
dev creates a sub-task "Not done at all" under SHOP-4
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "Needs a human"
dev closes "Not done at all" as Done
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
