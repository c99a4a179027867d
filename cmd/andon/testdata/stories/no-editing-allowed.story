# Without Edit Issues nothing can be remembered, so nothing irrevocable is done
andon may not edit issues in SHOP
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
and andon says "The declaration cannot be carried out" on SHOP-6 once
andon may edit issues in SHOP again
2 minutes pass
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
