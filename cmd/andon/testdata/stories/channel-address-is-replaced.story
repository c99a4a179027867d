# A channel whose address is exchanged hears what comes from then on
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
andon restarts with ANDON_NOTIFY_URLS = https://desk.example.com/hook
po adds system-offline to SHOP-6
then channel "desk" was told "system-offline" once
and channel "ops" was told "system-offline" never
