The operator names the boards in scope himself.

& the setting names board 2
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 12 "BLOG 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 10 "SHOP 1" is left alone: board 1 is not among the boards named in the settings
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 closed
