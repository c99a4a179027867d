Kinds add their tasks; a second kind later adds only what is missing. Somebody else's
kind is only a proposal.

> po labels SHOP-100 disaster-data
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, stop-writers, salvage, reconcile, integrity, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev labels SHOP-100 disaster-security
    andon: comment: a kind is proposed, the Product Owner is asked (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show kind of SHOP-100
    Dev Eloper added the label disaster-security. Only a Product Owner sets the kind of a disaster, so no tasks were added. [~accountid:po]: to confirm, take the label off and set it again.
    andon ref kind.100.security.1015
> po labels SHOP-100 disaster-accidental
    andon: create sub-tasks of SHOP-100: trigger, roll-back, guard
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po unlabels SHOP-100 disaster-accidental
    andon: does nothing
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
