# A required field without a value: the line is stopped, and the comment names the field and what to do
SHOP requires the field impact of its sub-tasks
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
and SHOP-6 has no tasks
and andon's status on SHOP-6 says "Impact is required"
and andon's status on SHOP-6 says "ANDON_TASK_FIELDS"
SHOP requires nothing special
2 minutes pass
then SHOP-6 has 9 tasks
