# The gate passes when all its tasks are done; tasks outside the gate do not count
po adds disaster to SHOP-6
dev closes task "Restore the data to another environment" of SHOP-6 as Done
dev closes task "Deploy a known-good build to that environment" of SHOP-6 as Done
dev closes task "Switch DNS or traffic to that environment" of SHOP-6 as Done
dev closes task "Test before return to service" of SHOP-6 as Done
dev closes task "Record the consultation for return to service" of SHOP-6 as Done
then andon's status on SHOP-6 says "the Product Owner decides"
and SHOP-6 is recovering
po adds system-restored to SHOP-6
then SHOP-6 carries system-restored
and SHOP-6 is investigating
and andon says "cannot return to service yet" on SHOP-6 never
and planning of SHOP is frozen
dev opens task "Test before return to service" of SHOP-6 again
then SHOP-6 carries system-restored
and SHOP-6 is investigating
