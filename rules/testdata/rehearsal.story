A dry run: one comment shows the whole plan, and nothing else is written.
A label that was set for a rehearsal never declares afterwards.

> dev labels SHOP-100 disaster-rehearsal disaster-data
    andon: comment: the rehearsed plan (SHOP-100)
    now: SHOP-100 is rehearsal
    now: planning is free; sprints: 10 active, 11 future, 12 active
> show rehearsal of SHOP-100
    *Rehearsal.* If a Product Owner declared this disaster now, andon would:
    * cancel sprint 10 "SHOP 1" with 2 unfinished issues
    * create 13 sub-tasks:
    ** SHOP-100: Inform stakeholders and developers
    ** SHOP-100: Put the system into maintenance, read-only or offline
    ** SHOP-100: Open the timeline and preserve evidence
    ** SHOP-100: Restore the data to another environment
    ** SHOP-100: Deploy a known-good build to that environment
    ** SHOP-100: Switch DNS or traffic to that environment
    ** SHOP-100: Test before return to service
    ** SHOP-100: Record the consultation for return to service
    ** SHOP-100: Stop writers and destructive jobs
    ** SHOP-100: Copy the damaged data before touching it
    ** SHOP-100: Reconcile lost changes
    ** SHOP-100: Run data-integrity tests
    ** SHOP-100: Investigate the root cause
    * freeze planning: undo every sprint that is created or started, and put issues back that are put into a sprint, until the root-cause task is closed
    * keep one status comment up to date
    *Who would be told:*
    * Product Owner, who decides: Paula Owner
    * Scrum Master, mentioned in the comments: nobody
    * Stakeholders, by Jira's mail: nobody
    *What would be refused, and why:*
    * sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    * the label system-restored, until these tasks are done: Restore the data to another environment; Deploy a known-good build to that environment; Switch DNS or traffic to that environment; Test before return to service; Record the consultation for return to service; Copy the damaged data before touching it; Reconcile lost changes; Run data-integrity tests
    * closing the root-cause task as Won't Do, Won't Fix, Duplicate, Cannot Reproduce, Declined, Incomplete: planning stays frozen
    Nothing of this has been done. To declare for real, take the labels disaster-data and disaster-rehearsal off and set disaster-data again.
    andon ref rehearsal.100.1001
> andon looks
    andon: does nothing
    now: SHOP-100 is rehearsal
    now: planning is free; sprints: 10 active, 11 future, 12 active
> dev unlabels SHOP-100 disaster-rehearsal
    andon: does nothing
    log: the label disaster-data was set for a rehearsal; to declare, take it off and set it again
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po labels SHOP-100 disaster disaster-rehearsal
    andon: comment: the rehearsed plan (SHOP-100)
    now: SHOP-100 is rehearsal
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po unlabels SHOP-100 disaster-rehearsal
    andon: does nothing
    now: planning is free; sprints: 10 active, 11 future, 12 active
> dev labels SHOP-100 disaster-rehearsal
    andon: does nothing
    now: SHOP-100 is rehearsal
    now: planning is free; sprints: 10 active, 11 future, 12 active
> dev unlabels SHOP-100 disaster-rehearsal
    andon: does nothing
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po unlabels SHOP-100 disaster disaster-data
    andon: does nothing
    now: planning is free; sprints: 10 active, 11 future, 12 active
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
