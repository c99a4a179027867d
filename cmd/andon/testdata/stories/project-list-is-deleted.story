# The list on the project is only a second memory; it comes back
po adds disaster to SHOP-6
lead deletes andon's record on project SHOP
andon restarts with nothing in memory
then planning of SHOP is frozen
SHOP-6 is hidden from andon
5 minutes pass
andon restarts with nothing in memory
then planning of SHOP is frozen
