# A developer's new issue only proposes
dev creates a Bug "Orders are gone" in SHOP labelled disaster
then sprint "SHOP Sprint 7" is active
and "Orders are gone" has no tasks
and andon says "A disaster is proposed" on "Orders are gone" once
and planning of SHOP is free
po takes disaster off "Orders are gone"
po adds disaster to "Orders are gone"
then sprint "SHOP Sprint 7" is cancelled by "Orders are gone"
