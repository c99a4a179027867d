# Where the project cannot keep that people were told, one andon tells them once
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
Jira refuses the project's property in SHOP
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
10 minutes pass
then planning of SHOP is frozen
and channel "ops" was told "cannot be read" once
