# While another disaster freezes planning nobody is told that planning is free
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
po adds disaster to SHOP-5
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and channel "ops" was told "planning is free" never
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is free
and channel "ops" was told "planning is free" once
