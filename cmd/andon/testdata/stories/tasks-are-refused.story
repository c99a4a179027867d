# A field that nobody told andon of is required: the rest goes on, and people are told which
SHOP requires a field nobody knows of
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has no tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "Impact"
andon restarts with nothing in memory
then planning of SHOP is frozen
SHOP requires nothing special
2 minutes pass
then SHOP-6 has 9 tasks
