# The gate: andon lists what is missing and takes the label off
po adds disaster to SHOP-6
po adds system-restored to SHOP-6
then SHOP-6 does not carry system-restored
and SHOP-6 is recovering
and andon says "Restore the data to another environment" on SHOP-6 once
