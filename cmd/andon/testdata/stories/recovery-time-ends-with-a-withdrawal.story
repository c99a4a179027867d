# A false alarm is never late
setting ANDON_RECOVERY_SLA = 4h
po adds disaster to SHOP-6
po takes disaster off SHOP-6
2 days pass
then andon says "recovery time" on SHOP-6 never
and SHOP-6 is withdrawn
