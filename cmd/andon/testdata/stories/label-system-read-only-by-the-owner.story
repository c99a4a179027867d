# The Product Owner adds system-read-only: that is the system's mode until another one is set
po adds disaster to SHOP-6
po adds system-read-only to SHOP-6
then SHOP-6 carries system-read-only
and andon's status on SHOP-6 says "*System mode:* system-read-only"
and planning of SHOP is frozen
po adds system-maintenance to SHOP-6
then SHOP-6 carries system-maintenance
and SHOP-6 does not carry system-read-only
and andon's status on SHOP-6 says "*System mode:* system-maintenance"
po adds system-read-only to SHOP-6
then SHOP-6 carries system-read-only
and SHOP-6 does not carry system-maintenance
po takes system-read-only off SHOP-6
then andon's status on SHOP-6 says "*System mode:* not set"
