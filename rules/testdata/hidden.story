An open disaster that nobody can read any more keeps the freeze, even after a restart.
A proposal that was deleted is simply gone.

& dev opens SHOP-300
> dev labels SHOP-300 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-300)
    now: SHOP-300 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
> dev deletes SHOP-300
    andon: does nothing
    now: planning is free; sprints: 10 active, 11 future, 12 active
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
> dev hides SHOP-100
    andon: does nothing
    log: the open disaster with id 100 cannot be read (Jira answers 404): it may be deleted, hidden or moved out of reach; planning stays frozen until an operator releases it
    now: SHOP-100 is unreadable
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> andon restarts
    andon: does nothing
    now: SHOP-100 is unreadable
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev starts sprint 11
    andon: remember on the project: open disasters 100
    andon: cancel sprint 11 "SHOP 2" (it was started while planning is frozen)
    andon: remember on the project: open disasters 100
    now: SHOP-100 is unreadable
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
> dev shows SHOP-100
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
