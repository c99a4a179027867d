# A field that the site requires of new tasks is given by a setting
setting ANDON_TASK_FIELDS = {"customfield_10050":"high"}
SHOP requires the field impact of its sub-tasks
po adds disaster to SHOP-6
then SHOP-6 has 9 tasks
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
