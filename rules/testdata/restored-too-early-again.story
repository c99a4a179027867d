The return to service is taken back and set again before andon looks, while a task is
open again: it is judged anew, and refused.

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
& dev reopens verify of SHOP-100
& po unlabels SHOP-100 system-restored
> po labels SHOP-100 system-restored
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: comment: the return to service is refused (SHOP-100)
    andon: take off system-restored: the return-to-service gate has not passed (SHOP-100)
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show labels of SHOP-100
    disaster
