A false alarm: the Product Owner takes the declaration back.

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
> po unlabels SHOP-100 disaster
    andon: update the status comment (SHOP-100)
    andon: comment: the disaster is withdrawn (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is withdrawn
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> show withdrawn of SHOP-100
    *The disaster is withdrawn.* Paula Owner took off the last disaster label. Planning is free again. Tasks that are still open can be closed; Jira cannot open a cancelled sprint again by itself.
    What waits:
    * Sprint 10 "SHOP 1" (it was active when the disaster was declared): 2 unfinished issues ([show what is still open|https://jira.example.com/issues/?jql=sprint%20%3D%2010%20AND%20statusCategory%20%21%3D%20Done%20ORDER%20BY%20Rank%20ASC])
    With the label sprint-resume a Product Owner gets the successor of what was cancelled.
    andon ref withdrawn.100.1
> dev starts sprint 11
    andon: does nothing
    now: SHOP-100 is withdrawn
    now: planning is free; sprints: 10 closed, 11 active, 12 active
> dev labels SHOP-100 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 closed, 11 active, 12 active
> po labels SHOP-100 disaster-security
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 11 "SHOP 2" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, isolate, rotate, weakness, root-cause
    andon: update the status comment (SHOP-100)
    andon: comment: the disaster is declared again (SHOP-100)
    andon: comment: a proposal is decided (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 closed, 12 active
