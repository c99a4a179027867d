Andon is installed on a site that has used the label for years: nothing happens.
The Product Owner takes the label off and sets it again to declare.

& po opens SHOP-300 disaster disaster-data
& dev opens SHOP-301 disaster
& time moves 8760h
> andon looks
    andon: does nothing
    log: the label disaster is from 2026-03-02 09:00:01, older than 24h0m0s: history
    log: the label disaster is from 2026-03-02 09:00:02, older than 24h0m0s: history
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po unlabels SHOP-300 disaster disaster-data
    andon: does nothing
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po labels SHOP-300 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-300)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 300
    andon: create sub-tasks of SHOP-300: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-300)
    andon: remember on the issue: what has been done (SHOP-300)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-300 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
