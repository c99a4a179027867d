# Each step of the recovery time is told once over every way
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
setting ANDON_RECOVERY_SLA = 4h
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
2 hours pass
then channel "ops" was told "50 %" once
and ann was mailed "50 %" once
1 hour passes
then channel "ops" was told "75 %" once
and ann was mailed "75 %" once
1 hour passes
then channel "ops" was told "the recovery time is over" once
and ann was mailed "the recovery time is over" once
andon restarts with nothing in memory
5 hours pass
then channel "ops" was told 4 things
and everything that was told leads to SHOP-6
