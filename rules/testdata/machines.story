A program is not the Product Owner, even as a member of the role; andon's own account
never decides.

& owners: po robot andon
> robot labels SHOP-100 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-100)
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
> robot unlabels SHOP-100 disaster
    andon: comment: a proposal is decided (SHOP-100)
    now: planning is free; sprints: 10 active, 11 future, 12 active
> andon labels SHOP-100 disaster-data
    andon: does nothing
    log: the label disaster-data was set with andon's own account, which never decides
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po labels SHOP-100 disaster-security
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, isolate, rotate, weakness, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
