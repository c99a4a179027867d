# Quick hands
po adds disaster to SHOP-6
all at once
  sm creates sprint "Quick" on board "SHOP board"
  dev puts SHOP-2 and SHOP-3 into sprint "Quick"
  sm starts sprint "Quick"
then sprint "Quick" is cancelled by SHOP-6
and SHOP-2 is in the backlog
