It cannot be read who the Product Owners are: nothing is judged, the present state
holds, and no sprint is undone that a withdrawal might have saved.

& jira hides the owners
> po labels SHOP-100 disaster
    andon: comment: a label waits, since the Product Owners cannot be read (SHOP-100)
    log: it cannot be read who the Product Owners are (Jira answers 404); nothing changes until it can
    now: planning is free; sprints: 10 active, 11 future, 12 active
> jira allows everything
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
& jira hides the owners
& po unlabels SHOP-100 disaster
> dev starts sprint 11
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: the disaster label was taken off, and it cannot be read who the Product Owners are (Jira answers 404); planning stays frozen
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 active, 12 active
> jira allows everything
    andon: update the status comment (SHOP-100)
    andon: comment: the disaster is withdrawn (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is withdrawn
    now: planning is free; sprints: 10 closed, 11 active, 12 active
