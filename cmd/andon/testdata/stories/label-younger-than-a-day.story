# Andon was down for most of a day: what was declared meanwhile still counts
andon is stopped
po adds disaster to SHOP-6
23 hours pass
andon starts with nothing in memory
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
