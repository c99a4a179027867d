# Each cancelled sprint has its successor, and what was closed or planned since is left out
po adds disaster to SHOP-6
sm starts sprint "SHOP Sprint 8"
dev closes the root-cause task of SHOP-6 as Done
dev closes SHOP-2 as Done
sm creates sprint "Next" on board "SHOP board"
sm puts SHOP-3 into sprint "Next"
po adds sprint-resume to SHOP-6
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 8" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-5 and SHOP-6
and sprint "SHOP Sprint 8" still holds SHOP-11
and sprint "Next" still holds SHOP-3
and andon says "*The plan is back*" on SHOP-6 once
and andon says "Nothing was started" on SHOP-6 once
andon restarts with nothing in memory
sm starts sprint "SHOP Sprint 7"
then sprint "SHOP Sprint 7" is active
