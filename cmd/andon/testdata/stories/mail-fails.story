# Jira's mail fails for a while; nothing waits for it, and it comes later
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
Jira answers 503 to every mail
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
and channel "ops" was told "declared" once
and nobody was mailed
and the log says "not done"
Jira refuses nothing any more
5 minutes pass
then ann was mailed "declared" once
and channel "ops" was told "declared" once
