# Of several kinds the strictest recovery time counts, also for a kind that is set later
setting ANDON_RECOVERY_SLA = 8h,security=2h,data=4h
po adds disaster-data to SHOP-6
then andon's status on SHOP-6 says "*Recovery time:* 4 h, ends at 2026-03-02 13:00 UTC"
95 minutes pass
then andon says "of the recovery time is used" on SHOP-6 never
po adds disaster-security to SHOP-6
then andon's status on SHOP-6 says "*Recovery time:* 2 h, ends at 2026-03-02 11:00 UTC"
and andon says "75 % of the recovery time is used" on SHOP-6 once
and andon says "50 % of the recovery time is used" on SHOP-6 never
26 minutes pass
then andon says "The recovery time is over" on SHOP-6 once
