# Where tasks are linked issues, andon's own links are no prevention action
setting ANDON_ROOT_CAUSE_EVIDENCE = true
dev creates a sub-task "Clear the cache" under SHOP-1
po adds disaster to "Clear the cache"
then "Clear the cache" has 9 linked tasks
dev comments "The cache was poisoned" on the root-cause task of "Clear the cache"
dev closes the root-cause task of "Clear the cache" as Done
then planning of SHOP is frozen
and andon says "no prevention issue is linked" on "Clear the cache" once
