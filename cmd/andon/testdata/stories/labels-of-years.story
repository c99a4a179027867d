# Andon is installed where the label has been used for years
andon is stopped
there are 30 issues in SHOP from 400 days ago labelled disaster
there are 5 issues in BLOG from 30 hours ago labelled disaster-security
there is an issue "Server room on fire" in SHOP from 90 days ago labelled disaster and disaster-data
andon starts
then andon has written nothing
and sprint "SHOP Sprint 7" is active
dev begins "Server room on fire"
dev adds payment to "Server room on fire"
2 days pass
then andon has written nothing
and planning of SHOP is free
po takes disaster and disaster-data off "Server room on fire"
po adds disaster to "Server room on fire"
then sprint "SHOP Sprint 7" is cancelled by "Server room on fire"
and "Server room on fire" has 9 tasks
