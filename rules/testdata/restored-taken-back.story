The return to service is taken back after the release: the freeze is back until the
system is restored again.

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
> dev closes gate of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 system-restored
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is investigating
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> po unlabels SHOP-100 system-restored
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is frozen again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev creates sprint 20
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: delete sprint 20 "Sprint 20" (it was created while planning is frozen)
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 system-restored
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
