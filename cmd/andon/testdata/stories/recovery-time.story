# Four hours to recover: at 50, 75 and 100 percent Product Owner and Scrum Master are called, once each
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
then andon's status on SHOP-6 says "*Recovery time:* 4 h, ends at 2026-03-02 13:00 UTC"
119 minutes pass
then andon says "of the recovery time is used" on SHOP-6 never
2 minutes pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
and andon's comment "50 % of the recovery time is used" on SHOP-6 mentions po and sm
and andon's status on SHOP-6 says "50 % is used"
58 minutes pass
then andon says "75 % of the recovery time is used" on SHOP-6 never
2 minutes pass
then andon says "75 % of the recovery time is used" on SHOP-6 once
and andon's comment "75 % of the recovery time is used" on SHOP-6 mentions po and sm
58 minutes pass
then andon says "The recovery time is over" on SHOP-6 never
2 minutes pass
then andon says "The recovery time is over" on SHOP-6 once
and andon's comment "The recovery time is over" on SHOP-6 mentions po and sm
3 days pass
then andon says "50 % of the recovery time is used" on SHOP-6 once
and andon says "75 % of the recovery time is used" on SHOP-6 once
and andon says "The recovery time is over" on SHOP-6 once
and planning of SHOP is frozen
and SHOP-6 is recovering
