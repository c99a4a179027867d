# The Product Owner adds system-offline: that is the system's mode until another one is set
po adds disaster to SHOP-6
po adds system-offline to SHOP-6
then SHOP-6 carries system-offline
and andon's status on SHOP-6 says "*System mode:* system-offline"
and planning of SHOP is frozen
po adds system-alternate to SHOP-6
then SHOP-6 carries system-alternate
and SHOP-6 does not carry system-offline
and andon's status on SHOP-6 says "*System mode:* system-alternate"
po adds system-offline to SHOP-6
then SHOP-6 carries system-offline
and SHOP-6 does not carry system-alternate
po takes system-offline off SHOP-6
then andon's status on SHOP-6 says "*System mode:* not set"
