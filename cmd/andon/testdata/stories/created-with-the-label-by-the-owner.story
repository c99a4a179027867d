# A label that is there from the creation is the creator's
po creates a Bug "Orders are gone" in SHOP labelled disaster and disaster-data
then sprint "SHOP Sprint 7" is cancelled by "Orders are gone"
and "Orders are gone" has 13 tasks
