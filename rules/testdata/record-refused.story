Jira does not let andon store its record: no sprint is cancelled and no task created,
but people are told. As soon as it can be stored, everything goes its way.

& jira refuses remember/
> po labels SHOP-100 disaster
    andon: refused: remember on the issue: what stands before it is undone (SHOP-100)
    andon: comment: the declaration cannot be carried out (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 active
> show not-stored of SHOP-100
    *The declaration cannot be carried out.* Jira refused to store andon's record on this issue: you do not have the permission. Without it no sprint is cancelled and no task is created. Give andon's account the permission to edit this issue; andon tries again at every look.
    andon ref not-stored.100.1
> andon looks
    andon: refused: remember on the issue: what stands before it is undone (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 active
> jira allows everything
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
