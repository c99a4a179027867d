A root cause closed as Won't Do, deleted or moved away does not free planning.

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
> dev closes root-cause of SHOP-100 as Won't Do
    andon: update the status comment (SHOP-100)
    andon: comment: the root-cause task does not count as closed (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show cause-refused of SHOP-100
    *The root-cause task does not count as closed:* the root-cause task SHOP-1010 was closed as Won't Do, which does not tell the root cause. Planning stays frozen. Open the task again, write down the cause, and close it with a resolution that tells so.
    andon ref cause-refused.100.1010.won-t-do
> dev deletes task root-cause of SHOP-100
    andon: create sub-tasks of SHOP-100: root-cause
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> dev deletes task root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
