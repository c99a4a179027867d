# Whoever can read the issue ends the freeze in Jira
po adds disaster to SHOP-6
the operator may not release SHOP-6 of SHOP, since "can be read, so its freeze ends in Jira"
the operator may not release SHOP-5 of SHOP, since "no open disaster"
10 minutes pass
then planning of SHOP is frozen
