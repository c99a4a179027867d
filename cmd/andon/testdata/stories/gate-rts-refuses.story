# The gate of the return to service: andon lists what is missing, no more and no less, and takes the label off
po adds disaster to SHOP-6
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "Restore the data to another environment" on SHOP-6 once
and andon says "Deploy a known-good build to that environment" on SHOP-6 once
and andon's comment "cannot return to service yet" on SHOP-6 mentions po
and andon says "Open the timeline and preserve evidence" on SHOP-6 never
dev closes task "Restore the data to another environment" of SHOP-6 as Done
dev begins task "Deploy a known-good build to that environment" of SHOP-6
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and andon says "Restore the data to another environment" on SHOP-6 once
and andon says "Deploy a known-good build to that environment" on SHOP-6 twice
and andon says "In Progress" on SHOP-6 once
and planning of SHOP is frozen
