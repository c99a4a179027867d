A sprint that somebody creates while planning is frozen is deleted. Those that
existed before are left alone, and so are those of other projects.

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
> dev creates sprint 20
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: delete sprint 20 "Sprint 20" (it was created while planning is frozen)
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show violation of SHOP-100
    Sprint 20 "Sprint 20" was created while planning is frozen. Andon deleted it at 2026-03-02 09:00 UTC; its 1 unfinished issue is remembered for the resumption. Jira does not tell who did it. Planning is free again when the root-cause task is closed.
    andon ref violation.100.created.20
> dev creates sprint 21 on 2
    andon: does nothing
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 21 future
& dev creates sprint 22
> dev starts sprint 22
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 22 "Sprint 22" (it was started while planning is frozen)
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 21 future, 22 closed
