# Anybody may write the Product Owner down as reporter; the creator counts
everybody may write down another reporter in SHOP
dev creates a Bug "Orders are gone" in SHOP labelled disaster in the name of po
then "Orders are gone" is proposed
and sprint "SHOP Sprint 7" is active
and planning of SHOP is free
po creates a Bug "Orders are gone indeed" in SHOP labelled disaster in the name of dev
then "Orders are gone indeed" is recovering
and sprint "SHOP Sprint 7" is cancelled by "Orders are gone indeed"
