# What was frozen stays frozen while nobody knows who decides
po adds disaster to SHOP-6
andon is no administrator of the site
andon may not administer the project in SHOP
po takes disaster off SHOP-6
then planning of SHOP is frozen
and SHOP-6 does not carry disaster
2 hours pass
andon restarts with nothing in memory
then planning of SHOP is frozen
andon may administer the project in SHOP again
5 minutes pass
then planning of SHOP is free
and SHOP-6 is withdrawn
