The Product Owner sets the system's mode and returns it to service; nobody else does.

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
> po labels SHOP-100 system-offline
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 system-read-only
    andon: take off system-offline: the latest system mode counts, system-read-only (SHOP-100)
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> dev labels SHOP-100 system-alternate
    andon: comment: a label is taken off again (SHOP-100)
    andon: take off system-alternate: only a Product Owner may set it (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show not-an-owner of SHOP-100
    The label system-alternate was taken off again: Dev Eloper is no Product Owner of this project. [~accountid:po] may set it.
    andon ref not-an-owner.100.system-alternate.1014
> po labels SHOP-100 system-restored
    andon: comment: the return to service is refused (SHOP-100)
    andon: take off system-restored: the return-to-service gate has not passed (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show not-ready of SHOP-100
    *The system cannot return to service yet*, so the label system-restored was taken off again. Still open:
    * SHOP-1005: Restore the data to another environment \(To Do\)
    * SHOP-1006: Deploy a known-good build to that environment \(To Do\)
    * SHOP-1007: Switch DNS or traffic to that environment \(To Do\)
    * SHOP-1008: Test before return to service \(To Do\)
    * SHOP-1009: Record the consultation for return to service \(To Do\)
    A task that does not apply is closed with a resolution that says so. [~accountid:po]: when all of these are done, set the label again.
    andon ref not-ready.100.1016
> dev closes gate of SHOP-100
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po labels SHOP-100 system-restored
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is investigating
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show status of SHOP-100
    h3. Disaster SHOP-100: investigating, planning is frozen
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* system-read-only since 2026-03-02 09:00 UTC, by Paula Owner.
    *Back in service* since 2026-03-02 09:00 UTC, by Paula Owner, 0 min after the declaration.
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
> dev unlabels SHOP-100 system-restored
    andon: comment: the return to service stands (SHOP-100)
    andon: put back system-restored: only a Product Owner takes back the return to service (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is investigating
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> po unlabels SHOP-100 system-restored
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
