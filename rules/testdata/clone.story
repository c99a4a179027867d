A clone carries the labels and perhaps the record: the record is void, the labels
count as set by whoever cloned.

> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> dev clones SHOP-100 as SHOP-300
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-300)
    now: SHOP-100 is resolved
    now: SHOP-300 is proposed
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> po clones SHOP-100 as SHOP-301
    andon: remember on the issue: what stands before it is undone (SHOP-301)
    andon: remember on the project: open disasters 301
    andon: create sub-tasks of SHOP-301: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: update the status comment (SHOP-100)
    andon: write the status comment (SHOP-301)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-301)
    now: SHOP-100 is resolved
    now: SHOP-300 is proposed
    now: SHOP-301 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
