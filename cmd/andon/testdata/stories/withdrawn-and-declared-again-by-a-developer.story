# Who may not declare may not do it the second time either
po adds disaster to SHOP-6
po takes disaster off SHOP-6
sm starts sprint "SHOP Sprint 8"
dev adds disaster to SHOP-6
then sprint "SHOP Sprint 8" is active
and planning of SHOP is free
and andon says "A disaster is proposed" on SHOP-6 once
