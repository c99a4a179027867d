# A proposal is between the team and the Product Owner; nobody else is told
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
dev adds disaster to SHOP-6
then andon says "A disaster is proposed" on SHOP-6 once
and channel "ops" was told nothing
and nobody was mailed
po takes disaster off SHOP-6
then channel "ops" was told nothing
and nobody was mailed
