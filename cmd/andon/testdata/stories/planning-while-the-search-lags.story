# The search does not show the move yet; the webhook names the issue, and that is enough
po adds disaster to SHOP-6
the search lags 25 writes behind
sm puts SHOP-2 into sprint "SHOP Sprint 8"
then SHOP-2 is in the backlog
dev creates a Story "Urgent wish" in SHOP in sprint "SHOP Sprint 8"
then "Urgent wish" is in the backlog
2 minutes pass
then andon says "Sam Master put 1 issue into sprint 2" on SHOP-6 once
the search catches up
2 minutes pass
then SHOP-2 is in the backlog
