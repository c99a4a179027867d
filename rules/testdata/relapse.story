The root cause is opened again before a new sprint has been started: the freeze is
back. After a new sprint has been started it is not.

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
> dev creates sprint 20
    andon: does nothing
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active, 20 future
> dev reopens root-cause of SHOP-100
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is frozen again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 20 future
> show relapse of SHOP-100
    The root-cause task SHOP-1010 is open again, and no new sprint has been started since. *Planning is frozen again.*
    andon ref relapse.100.1.2
> dev creates sprint 21
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: delete sprint 21 "Sprint 21" (it was created while planning is frozen)
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 20 future
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active, 20 future
> dev starts sprint 20
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active, 20 active
> dev reopens root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: the root-cause task was opened again after a new sprint had been started; planning stays free
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active, 20 active
