A resolved disaster can be declared anew after its labels have been off: new tasks,
a new freeze, and what was cancelled before still waits.

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
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 disaster-data
    andon: does nothing
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> po unlabels SHOP-100 disaster disaster-data
    andon: does nothing
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: update the status comment (SHOP-100)
    andon: comment: the disaster is declared again (SHOP-100)
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
> show released of SHOP-100
    *Planning is free again.* *Recovery is still open*: no Product Owner has returned the system to service. The root-cause task SHOP-1022 is closed.
    What waits:
    * Sprint 10 "SHOP 1" (it was active when the disaster was declared): 2 unfinished issues ([show what is still open|https://jira.example.com/issues/?jql=sprint%20%3D%2010%20AND%20statusCategory%20%21%3D%20Done%20ORDER%20BY%20Rank%20ASC])
    * What is to prevent the next time: the issues that are linked to SHOP-1022 ([show them|https://jira.example.com/issues/?jql=issue%20in%20linkedIssues%28%22SHOP-1022%22%29])
    With the label sprint-resume a Product Owner gets the successor of what was cancelled.
    andon ref released.100.2.1
