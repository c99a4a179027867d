# However often a sprint is created or started, none stays
po adds disaster to SHOP-6
sm creates sprint "One" on board "SHOP board"
sm creates sprint "Two" on board "SHOP board"
sm creates sprint "Three" on board "SHOP board"
all at once
  sm creates sprint "Four" on board "SHOP board"
  sm creates sprint "Five" on board "SHOP board"
  sm starts sprint "Five"
  sm starts sprint "SHOP Sprint 8"
then sprint "One" is gone
and sprint "Two" is gone
and sprint "Three" is gone
and sprint "Four" is gone
and sprint "Five" is cancelled by SHOP-6
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
and andon says "Andon deleted it at" on SHOP-6 4 times
and andon says "Andon cancelled it again at" on SHOP-6 twice
