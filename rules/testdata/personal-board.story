An active sprint of a personal board is cancelled only if it holds the very issue that
is declared, when it is declared.

& sm opens SHOP-200
& dev opens SHOP-201
& dev creates sprint 30 on 3
& dev adds SHOP-100 to sprint 30
& dev starts sprint 30
& dev creates sprint 31 on 3
& dev adds SHOP-201 to sprint 31
& dev starts sprint 31
& dev creates sprint 32 on 3
& dev starts sprint 32
& dev labels SHOP-201 disaster
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: cancel sprint 30 "Sprint 30" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-201)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    log: sprint 31 "Sprint 31" is left alone: it holds the disaster issue, and its origin board 3 "My own" is located in no project, but it did not hold a declared one when the freeze began
    log: sprint 32 "Sprint 32" is left alone: its origin board 3 "My own" is located in no project
    now: SHOP-100 is recovering
    now: SHOP-201 is proposed
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 30 closed, 31 active, 32 active
> dev adds SHOP-100 to sprint 32
    andon: does nothing
    log: sprint 32 "Sprint 32" is left alone: it holds the disaster issue, and its origin board 3 "My own" is located in no project, but it did not hold a declared one when the freeze began
    now: SHOP-100 is recovering
    now: SHOP-201 is proposed
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active, 30 closed, 31 active, 32 active
