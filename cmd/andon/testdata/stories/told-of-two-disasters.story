# Two disasters are two stories, and each is told
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
po adds disaster-data to SHOP-5
then channel "ops" was told "SHOP-6: disaster declared" once
and channel "ops" was told "SHOP-5: disaster declared" once
and ann was mailed "declared" twice
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is frozen
and channel "ops" was told "SHOP-6: " twice
dev closes the root-cause task of SHOP-5 as Done
then planning of SHOP is free
and channel "ops" was told 4 things
