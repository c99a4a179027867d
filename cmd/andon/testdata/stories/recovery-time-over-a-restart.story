# The clock is Jira's: a restart neither stops it nor repeats a call
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
1 hour passes
andon restarts with nothing in memory
61 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
andon restarts with nothing in memory
30 minutes pass
andon restarts with nothing in memory
then andon says "50 % of the recovery time is used" on SHOP-6 once
31 minutes pass
then andon says "75 % of the recovery time is used" on SHOP-6 once
