# Also where nobody remembers anything but what Jira shows
po adds disaster to SHOP-6
andon is stopped
dev deletes andon's record on SHOP-6
3 days pass
andon starts with nothing in memory
then planning of SHOP is frozen
and SHOP-6 has 9 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
