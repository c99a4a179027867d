# Andon was down for too long: the label is history now, until it is set anew
andon is stopped
po adds disaster to SHOP-6
25 hours pass
andon starts with nothing in memory
then sprint "SHOP Sprint 7" is active
and andon has written nothing
and planning of SHOP is free
po takes disaster off SHOP-6
then andon has written nothing
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
