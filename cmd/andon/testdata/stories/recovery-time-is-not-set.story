# Without ANDON_RECOVERY_SLA there is no clock and nobody is called
po adds disaster to SHOP-6
5 days pass
then andon says "recovery time" on SHOP-6 never
and planning of SHOP is frozen
