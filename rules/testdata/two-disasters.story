Two disasters at once: planning is free when the last one is resolved.

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
& sm opens SHOP-200
> po labels SHOP-200 disaster-data
    andon: remember on the issue: what stands before it is undone (SHOP-200)
    andon: remember on the project: open disasters 100, 200
    andon: create sub-tasks of SHOP-200: inform, contain, evidence, restore-data, deploy, dns, verify, consult, stop-writers, salvage, reconcile, integrity, root-cause
    andon: write the status comment (SHOP-200)
    andon: remember on the issue: what has been done (SHOP-200)
    now: SHOP-100 is recovering
    now: SHOP-200 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: open disasters 200
    now: SHOP-100 is resolved
    now: SHOP-200 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev starts sprint 11
    andon: remember on the issue: what stands before it is undone (SHOP-200)
    andon: cancel sprint 11 "SHOP 2" (it was started while planning is frozen)
    andon: update the status comment (SHOP-200)
    andon: comment: a sprint was undone (SHOP-200)
    andon: remember on the issue: what has been done (SHOP-200)
    now: SHOP-100 is resolved
    now: SHOP-200 is recovering
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
> dev reopens root-cause of SHOP-100
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100, 200
    andon: update the status comment (SHOP-100)
    andon: comment: planning is frozen again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: SHOP-200 is recovering
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: open disasters 200
    now: SHOP-100 is resolved
    now: SHOP-200 is recovering
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
> dev closes root-cause of SHOP-200
    andon: update the status comment (SHOP-100)
    andon: update the status comment (SHOP-200)
    andon: comment: planning is free again (SHOP-200)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-200)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: SHOP-200 is resolved
    now: planning is free; sprints: 10 closed, 11 closed, 12 active
