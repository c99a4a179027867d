# A rehearsal frightens nobody
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster-rehearsal and disaster to SHOP-6
then andon says "Rehearsal" on SHOP-6 once
and channel "ops" was told nothing
and nobody was mailed
po takes disaster and disaster-rehearsal off SHOP-6
then channel "ops" was told nothing
and nobody was mailed
