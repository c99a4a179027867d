# An account that does not administer Jira undoes, and says so
setting ANDON_FREEZE = permissions
the role "Administrators" of SHOP is held by lead and andon
andon is no administrator of the site
po adds disaster to SHOP-6
then planning of SHOP is frozen
and SHOP uses the permission scheme "Default Permission Scheme"
and andon's status on SHOP-6 says "enforced by undoing only"
and andon's status on SHOP-6 says "administrator rights"
andon restarts with nothing in memory
10 minutes pass
then andon writes nothing
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
