# What a channel missed it hears although everything is over by then
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
channel "ops" fails from now on
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
sm starts sprint "SHOP Sprint 8"
then sprint "SHOP Sprint 8" is active
channel "ops" works again
5 minutes pass
then channel "ops" was told "planning is free" once
