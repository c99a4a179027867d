Channels outside Jira hear of the declaration and of the withdrawal, each once.

& setting channel chat
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: tell over chat: SHOP-100: disaster declared, planning is frozen
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po unlabels SHOP-100 disaster
    andon: update the status comment (SHOP-100)
    andon: comment: the disaster is withdrawn (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    andon: tell over chat: SHOP-100: disaster withdrawn
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is withdrawn
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> show news of SHOP-100
    chat: SHOP-100: disaster declared, planning is frozen
    chat: SHOP-100: disaster withdrawn
