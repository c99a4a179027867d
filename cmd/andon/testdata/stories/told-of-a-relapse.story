# That the freeze is back is told, and its second end too
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
dev closes the root-cause task of SHOP-6 as Done
then channel "ops" was told "planning is free" once
dev opens the root-cause task of SHOP-6 again
then channel "ops" was told "frozen again" once
dev closes the root-cause task of SHOP-6 as Done
then channel "ops" was told "planning is free" twice
