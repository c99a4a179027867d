# A call that Jira refuses at the moment is made when Jira is back
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
1 hour passes
Jira answers every 2nd call with 503
62 minutes pass
Jira refuses nothing any more
5 minutes pass
then some looks may have failed
and andon says "50 % of the recovery time is used" on SHOP-6 once
