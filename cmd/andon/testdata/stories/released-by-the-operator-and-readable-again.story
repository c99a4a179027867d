# The freeze does not come back by itself, and the issue tells who ended it and why
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
5 minutes pass
the operator releases SHOP-6 of SHOP because "nobody could read it"
2 minutes pass
SHOP-6 is shown to andon again
andon restarts with nothing in memory
10 minutes pass
then planning of SHOP is free
and andon says "An operator ended this disaster's freeze" on SHOP-6 once
and andon says "Released by: olga. Reason: nobody could read it." on SHOP-6 once
po takes disaster off SHOP-6
po adds disaster to SHOP-6
then planning of SHOP is frozen
