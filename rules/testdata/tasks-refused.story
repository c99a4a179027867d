Jira refuses the tasks: the line is stopped all the same.

& jira refuses create-tasks/
> po labels SHOP-100 disaster
    andon: remember on the issue: what stands before it is undone (SHOP-100)
    andon: cancel sprint 10 "SHOP 1" (it was active when the disaster was declared)
    andon: remember on the project: open disasters 100
    andon: refused: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: write the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    log: sprint 12 "BLOG 1" is left alone: its origin board 2 "BLOG and SHOP" is located in project BLOG
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
> show status of SHOP-100
    h3. Disaster SHOP-100: recovering, planning is frozen
    *Declared* by Paula Owner with the label disaster at 2026-03-02 09:00 UTC.
    *System mode:* not set.
    *Planning:* frozen since 2026-03-02 09:00 UTC; there is no root-cause task on the issue; without one the root cause cannot be closed. Sprints that are created or started now are undone, and issues that are put into a sprint go back.
    *Left alone:* sprint 12 "BLOG 1"; its origin board 2 "BLOG and SHOP" is located in project BLOG.
    *Sprints:*
    * 10 "SHOP 1": cancelled at 2026-03-02 09:00 UTC (it was active when the disaster was declared); 2 unfinished, 0 done
    *Needs a human:* Jira refused to create tasks of the playbook: you do not have the permission. Give andon's account Create Issues, or set the fields that the project requires with ANDON_TASK_FIELDS. Andon tries again at every look.
    *Next:* a human lets andon create the tasks, or creates what is needed; see above.
    andon ref status.100
> jira allows everything
    andon: create sub-tasks of SHOP-100: inform, contain, evidence, restore-data, deploy, dns, verify, consult, root-cause
    andon: update the status comment (SHOP-100)
    andon: remember on the issue: what has been done (SHOP-100)
    now: SHOP-100 is recovering
    now: planning is frozen; sprints: 10 closed, 11 future, 12 active
