Anybody may pull the cord, but only the Product Owner stops the line.
A developer's label is a proposal: one comment, and nothing else is touched.

> dev labels SHOP-100 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-100)
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
> show proposed of SHOP-100
    *A disaster is proposed.* Dev Eloper added the label disaster. Only a Product Owner of this project declares a disaster, so nothing has been touched.
    [~accountid:po], please decide:
    * To declare it, add one of the labels disaster-security, disaster-data, disaster-accidental (or take the label disaster off and set it again). Sprint 10 "SHOP 1" would be cancelled, sprint 12 "BLOG 1" of others left alone, and planning would be frozen until the root cause is closed.
    * To reject it, take the label off.
    andon ref proposed.100.1001
> andon looks
    andon: does nothing
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po labels SHOP-100 disaster-data
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, stop-writers, salvage, reconcile, integrity, root-cause
    andon: write the status comment (SHOP-100)
    andon: comment: a proposal is decided (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
