# A proposal is found as well, and the confirmation
webhooks are lost from now on
dev adds disaster to SHOP-6
5 minutes pass
then andon says "A disaster is proposed" on SHOP-6 once
po adds disaster-accidental to SHOP-6
5 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
po takes disaster and disaster-accidental off SHOP-6
5 minutes pass
then planning of SHOP is free
