# The Product Owner sets the system mode; the latest one counts, andon takes the older one off
po adds disaster to SHOP-6
po adds system-maintenance to SHOP-6
then andon's status on SHOP-6 says "maintenance"
po adds system-offline to SHOP-6
then SHOP-6 carries system-offline
and SHOP-6 does not carry system-maintenance
and andon's status on SHOP-6 says "offline"
po adds system-alternate to SHOP-6
then SHOP-6 carries system-alternate
and SHOP-6 does not carry system-offline
andon restarts with nothing in memory
then SHOP-6 carries system-alternate
