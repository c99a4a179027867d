A board that cannot be read is nobody's: nothing of it is touched, and nothing is
said to be undone.

& jira refuses cancel-sprint/
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: refused: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 active
& jira hides board 1
> andon looks
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 10 "SHOP 1" is left alone: its origin board 1 cannot be read, so nobody can say whose sprint it is
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 active
> jira allows everything
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
