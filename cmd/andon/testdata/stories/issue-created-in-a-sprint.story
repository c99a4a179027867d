# A new issue needs no history to be found out
po adds disaster to SHOP-6
dev creates a Story "Urgent wish" in SHOP in sprint "SHOP Sprint 8"
then "Urgent wish" is in the backlog
and andon says "Dana Developer created 1 issue in sprint 2" on SHOP-6 once
a clone goes into the sprint of its original
sm clones SHOP-11 as "Copy"
then "Copy" is in the backlog
and SHOP-11 is in sprint "SHOP Sprint 8"
and andon says "Sam Master created 1 issue in sprint 2" on SHOP-6 once
dev creates a Story "Just a note" in SHOP
then andon writes nothing
sm sets the sprint of "Just a note" to sprint "SHOP Sprint 8"
then "Just a note" is in the backlog
