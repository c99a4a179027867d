# Andon is only trying itself out: it reads and decides, and writes nothing
setting ANDON_DRY_RUN = true
po adds disaster to SHOP-6
sm creates sprint "Habit" on board "SHOP board"
dev adds disaster to SHOP-5
2 hours pass
then andon has written nothing
and sprint "SHOP Sprint 7" is active
and sprint "Habit" is future
and SHOP-6 has no tasks
