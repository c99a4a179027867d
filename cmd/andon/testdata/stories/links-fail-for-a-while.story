# A link that fails for a moment is made later, and no task comes twice
the field issuelinks is not on the create screen of SHOP
dev creates a sub-task "The shop is down" under SHOP-6
links fail 12 times
po adds disaster to "The shop is down"
5 minutes pass
then some looks may have failed
and "The shop is down" has 9 linked tasks
and SHOP has 9 tasks of andon
and tasks of "The shop is down" have a description
