# What a channel missed is not lost with andon's memory, also when the disaster is over and days have passed
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
channel "ops" fails from now on
dev closes the root-cause task of SHOP-6 as Done
sm creates sprint "SHOP Sprint 9" on board "SHOP board"
sm starts sprint "SHOP Sprint 9"
30 hours pass
andon restarts with nothing in memory
channel "ops" works again
10 minutes pass
then channel "ops" was told "planning is free" once
