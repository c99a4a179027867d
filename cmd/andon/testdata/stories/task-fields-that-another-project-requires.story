# The setting holds for the whole site, and a project without that field gets its tasks all the same
setting ANDON_TASK_FIELDS = {"customfield_10050":"high"}
the field impact is not on the create screen of SHOP
po adds disaster to SHOP-6
then SHOP-6 has 9 tasks
