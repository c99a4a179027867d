# The Product Owner adds system-maintenance: that is the system's mode until another one is set
po adds disaster to SHOP-6
po adds system-maintenance to SHOP-6
then SHOP-6 carries system-maintenance
and andon's status on SHOP-6 says "*System mode:* system-maintenance"
and planning of SHOP is frozen
po adds system-offline to SHOP-6
then SHOP-6 carries system-offline
and SHOP-6 does not carry system-maintenance
and andon's status on SHOP-6 says "*System mode:* system-offline"
po adds system-maintenance to SHOP-6
then SHOP-6 carries system-maintenance
and SHOP-6 does not carry system-offline
po takes system-maintenance off SHOP-6
then andon's status on SHOP-6 says "*System mode:* not set"
