# The Product Owner takes a proposed label off, and nothing has happened
dev adds disaster-security to SHOP-6
then andon says "A disaster is proposed" on SHOP-6 once
and andon says "[~" on SHOP-6 once
and andon has written 1 time
po takes disaster-security off SHOP-6
then SHOP-6 is rejected
and andon says "Product Owner, *rejected* the proposal" on SHOP-6 once
and andon says "please decide" on SHOP-6 never
and andon has written 2 times
and sprint "SHOP Sprint 7" is active
and SHOP-6 has no tasks
and SHOP-6 does not carry disaster-security
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
dev adds disaster-security to SHOP-6
then andon says "A disaster is proposed" on SHOP-6 once
and SHOP-6 is proposed
