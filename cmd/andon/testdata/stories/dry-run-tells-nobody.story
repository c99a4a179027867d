# A dry run over a disaster that is already open tells nobody, and certainly not at every look
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
then channel "ops" was told one thing
andon restarts with ANDON_DRY_RUN = true
po adds system-offline to SHOP-6
10 minutes pass
then channel "ops" was told one thing
andon restarts with ANDON_DRY_RUN = false
then channel "ops" was told "system-offline" once
