# Nor does one that was taken to another project
BLOG is part of the story
po adds disaster to SHOP-6
dev renames the root-cause task of SHOP-6 to "Was the cause"
dev turns "Was the cause" into a Task
dev moves "Was the cause" to BLOG
dev closes "Was the cause" as Done
then planning of SHOP is frozen
and sprint "BLOG Sprint 3" is active
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
