# An old label proves nothing, but a new one of the Product Owner's on the same issue does
there is an issue "Server room on fire" in SHOP from 90 days ago labelled disaster-data
dev begins "Server room on fire"
then andon has written nothing
po adds disaster to "Server room on fire"
then sprint "SHOP Sprint 7" is cancelled by "Server room on fire"
and "Server room on fire" has 9 tasks
