The Product Owner stops the line.
The sprint of the project's own board is cancelled, its scope is remembered first;
the sprint of BLOG's board is left alone. Planning stays frozen until the root
cause is closed.

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
> show status of SHOP-100
    h3. Disaster SHOP-100: recovering, planning is frozen
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* not set.
    *Return to service:* 5 tasks to be done first.
    *Planning:* frozen since 2026-03-02 09:00 UTC; the root-cause task SHOP-1010 is in status To Do. Sprints that are created or started now are undone, and issues that are put into a sprint go back.
    *Left alone:* sprint 12 "BLOG 1"; its origin board 2 "BLOG and SHOP" is located in project BLOG.
    *Sprints:*
    * 10 "SHOP 1": cancelled at 2026-03-02 09:00 UTC (it was active when the disaster was declared); 2 unfinished, 0 done
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
> andon looks
    andon: does nothing
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes inform of SHOP-100
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
> show released of SHOP-100
    *Planning is free again.* *Recovery is still open*: no Product Owner has returned the system to service. The root-cause task SHOP-1010 is closed.
    What waits:
    * Sprint 10 "SHOP 1" (it was active when the disaster was declared): 2 unfinished issues ([show what is still open|https://jira.example.com/issues/?jql=sprint%20%3D%2010%20AND%20statusCategory%20%21%3D%20Done%20ORDER%20BY%20Rank%20ASC])
    * What is to prevent the next time: the issues that are linked to SHOP-1010 ([show them|https://jira.example.com/issues/?jql=issue%20in%20linkedIssues%28%22SHOP-1010%22%29])
    With the label sprint-resume a Product Owner gets the successor of what was cancelled.
    andon ref released.100.1.1
> show status of SHOP-100
    h3. Disaster SHOP-100: resolved, the root cause is closed
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* not set.
    *Recovery is still open*: no Product Owner has returned the system to service.
    *Planning:* no longer frozen by this disaster since 2026-03-02 09:00 UTC; the root-cause task SHOP-1010 is closed.
    *Left alone:* sprint 12 "BLOG 1"; its origin board 2 "BLOG and SHOP" is located in project BLOG.
    *Sprints:*
    * 10 "SHOP 1": cancelled at 2026-03-02 09:00 UTC (it was active when the disaster was declared); 2 unfinished, 0 done
    ||Task||What||State||Owner||
    |SHOP-1002|Inform stakeholders and developers|Done|nobody|
    |SHOP-1003|Put the system into maintenance, read-only or offline|To Do|nobody|
    |SHOP-1004|Open the timeline and preserve evidence|To Do|nobody|
    |SHOP-1005|Restore the data to another environment|To Do|nobody|
    |SHOP-1006|Deploy a known-good build to that environment|To Do|nobody|
    |SHOP-1007|Switch DNS or traffic to that environment|To Do|nobody|
    |SHOP-1008|Test before return to service|To Do|nobody|
    |SHOP-1009|Record the consultation for return to service|To Do|nobody|
    |SHOP-1010|Investigate the root cause|Done|nobody|
    *Next:* a Product Owner returns the system to service with the label system-restored; besides, the team plans the next sprint. With the label sprint-resume a Product Owner gets the successor of what was cancelled. Until a sprint is started, opening the root-cause task again freezes planning again.
    andon ref status.100
> dev starts sprint 11
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 active, 12 active
> andon looks
    andon: does nothing
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 active, 12 active
