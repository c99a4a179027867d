The record is lost or forged: it is made anew, and the sprints of now are spared,
since nobody can prove any more what stood at the declaration. What is started later
is undone.

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
& dev forges SHOP-100
> dev reopens sprint 10
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 future, 12 active
> show status of SHOP-100
    h3. Disaster SHOP-100: recovering, planning is frozen
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* not set.
    *Return to service:* 5 tasks to be done first.
    *Planning:* frozen since 2026-03-02 09:00 UTC; the root-cause task SHOP-1010 is in status To Do. Sprints that are created or started now are undone, and issues that are put into a sprint go back.
    *Note:* andon's record on this issue was missing or changed by somebody else and was made anew at 2026-03-02 09:00 UTC. Sprints that ran then are left alone.
    ||Task||What||State||Owner||
    |SHOP-1002|Inform stakeholders and developers|To Do|nobody|
    |SHOP-1003|Put the system into maintenance, read-only or offline|To Do|nobody|
    |SHOP-1004|Open the timeline and preserve evidence|To Do|nobody|
    |SHOP-1005|Restore the data to another environment|To Do|nobody|
    |SHOP-1006|Deploy a known-good build to that environment|To Do|nobody|
    |SHOP-1007|Switch DNS or traffic to that environment|To Do|nobody|
    |SHOP-1008|Test before return to service|To Do|nobody|
    |SHOP-1009|Record the consultation for return to service|To Do|nobody|
    |SHOP-1010|Investigate the root cause|To Do|nobody|
    *Next:* the team works the 5 tasks that the return to service waits for; then a Product Owner returns the system to service with the label system-restored. After that the team closes the root-cause task SHOP-1010; planning is free then. A Product Owner withdraws a false alarm by taking the disaster label off.
    andon ref status.100
> dev starts sprint 11
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 11 "SHOP 2" (it was started while planning is frozen)
    andon: update the status comment (SHOP-100)
    andon: comment: a sprint was undone (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 closed, 12 active
& dev loses SHOP-100
> dev closes root-cause of SHOP-100
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: no open disaster
    andon: write the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 active, 11 closed, 12 active
> dev reopens root-cause of SHOP-100
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: remember on the project: open disasters 100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is frozen again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 active, 11 closed, 12 active
