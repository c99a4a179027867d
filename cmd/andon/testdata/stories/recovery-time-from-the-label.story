# The clock starts with the Product Owner's label, not when andon sees it
setting ANDON_RECOVERY_SLA = 4h
andon is stopped
po adds disaster to SHOP-6
185 minutes pass
andon starts
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and andon's status on SHOP-6 says "ends at 2026-03-02 13:00 UTC"
and andon says "75 % of the recovery time is used" on SHOP-6 once
and andon says "50 % of the recovery time is used" on SHOP-6 never
