# While every seventh call fails, each word still goes out once
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
Jira answers every 7th call with 503
po adds disaster to SHOP-6
10 minutes pass
po adds system-offline to SHOP-6
10 minutes pass
Jira refuses nothing any more
2 minutes pass
then some looks may have failed
and channel "ops" was told "declared" once
and channel "ops" was told "system-offline" once
and ann was mailed "declared" once
and ann was mailed "system-offline" once
