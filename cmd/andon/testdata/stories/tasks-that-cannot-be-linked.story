# Jira refuses the link to the disaster: each task is there once, with what it says, and a human is told
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
andon may not link issues in SHOP
dev creates a sub-task "The shop is down" under SHOP-6
po adds disaster to "The shop is down"
then sprint "SHOP Sprint 7" is cancelled by "The shop is down"
and SHOP has 9 tasks of andon
and andon's status on "The shop is down" says "link the tasks to this issue"
5 minutes pass
andon restarts with nothing in memory
5 minutes pass
then SHOP has 9 tasks of andon
and channel "ops" was told "declared" once
andon may link issues in SHOP again
2 minutes pass
then "The shop is down" has 9 linked tasks
and SHOP has 9 tasks of andon
