# A site that sends no mail: the status comment says so, and the channel hears all
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
Jira sends no mail
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and channel "ops" was told "declared" once
and nobody was mailed
and andon's status on SHOP-6 says "*Not told:* Jira's mail to the stakeholders could not be reached"
po takes disaster off SHOP-6
then channel "ops" was told "withdrawn" once
