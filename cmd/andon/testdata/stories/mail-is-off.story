# A site that sends no mail has nothing to try again; the channel hears all
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
Jira sends no mail
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and channel "ops" was told "declared" once
and nobody was mailed
and the log says "Jira does not send the notice by mail"
po takes disaster off SHOP-6
then channel "ops" was told "withdrawn" once
