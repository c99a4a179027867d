The clock of the recovery time runs from the declaration to the return to service.
People are told at half, at three quarters and at the end, each once.

& setting recovery-time 4h
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
> time moves 2h
    andon: update the status comment (SHOP-100)
    andon: comment: 50 % of the recovery time is used (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: tell over chat: SHOP-100: 50 % of the recovery time is used
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show sla of SHOP-100
    [~accountid:po] *50 % of the recovery time is used.* It ends at 2026-03-02 13:00 UTC, 4 h after the declaration. The system has not returned to service.
    andon ref sla.100.1.50
> time moves 1h
    andon: update the status comment (SHOP-100)
    andon: comment: 75 % of the recovery time is used (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: tell over chat: SHOP-100: 75 % of the recovery time is used
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> time moves 30m
    andon: does nothing
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> time moves 1h
    andon: update the status comment (SHOP-100)
    andon: comment: the recovery time is over (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: tell over chat: SHOP-100: the recovery time is over
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes gate of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 system-restored
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: tell over chat: SHOP-100: back in service
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is investigating
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show status of SHOP-100
    h3. Disaster SHOP-100: investigating, planning is frozen
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* not set.
    *Back in service* since 2026-03-02 13:30 UTC, by Paula Owner, 4 h 30 min after the declaration.
    *Recovery time:* 112 % of 4 h used.
    *Planning:* frozen since 2026-03-02 09:00 UTC; the root-cause task SHOP-1010 is in status To Do. Sprints that are created or started now are undone, and issues that are put into a sprint go back.
    *Left alone:* sprint 12 "BLOG 1"; its origin board 2 "BLOG and SHOP" is located in project BLOG.
    *Sprints:*
    * 10 "SHOP 1": cancelled at 2026-03-02 09:00 UTC (it was active when the disaster was declared); 2 unfinished, 0 done
    ||Task||What||State||Owner||
    |SHOP-1002|Inform stakeholders and developers|To Do|nobody|
    |SHOP-1003|Put the system into maintenance, read-only or offline|To Do|nobody|
    |SHOP-1004|Open the timeline and preserve evidence|To Do|nobody|
    |SHOP-1005|Restore the data to another environment|Done|nobody|
    |SHOP-1006|Deploy a known-good build to that environment|Done|nobody|
    |SHOP-1007|Switch DNS or traffic to that environment|Done|nobody|
    |SHOP-1008|Test before return to service|Done|nobody|
    |SHOP-1009|Record the consultation for return to service|Done|nobody|
    |SHOP-1010|Investigate the root cause|To Do|nobody|
    *Next:* the team closes the root-cause task SHOP-1010; planning is free then.
    andon ref status.100
> time moves 25h
    andon: comment: planning is still frozen (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is investigating
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev closes root-cause of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: comment: planning is free again (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    andon: remember on the project: no open disaster
    andon: tell over chat: SHOP-100: root cause closed, planning is free
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is resolved
    now: planning is free; sprints: 10 closed, 11 future, 12 active
> show news of SHOP-100
    chat: SHOP-100: disaster declared, planning is frozen
    chat: SHOP-100: 50 % of the recovery time is used
    chat: SHOP-100: 75 % of the recovery time is used
    chat: SHOP-100: the recovery time is over
    chat: SHOP-100: back in service
    chat: SHOP-100: root cause closed, planning is free
