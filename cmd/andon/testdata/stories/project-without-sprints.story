# A kanban project gets tasks and reports; there is nothing to cancel
there is a company-managed project KAN led by lead
there is a kanban board "Support" in KAN
lead creates a Task "Mails are lost" in KAN labelled disaster
then "Mails are lost" has 9 tasks
and planning of KAN is frozen
and andon's status on "Mails are lost" says "Sprints:* none"
and sprint "SHOP Sprint 7" is active
dev closes the root-cause task of "Mails are lost" as Done
then planning of KAN is free
