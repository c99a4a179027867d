# The Product Owner adds system-alternate: that is the system's mode until another one is set
po adds disaster to SHOP-6
po adds system-alternate to SHOP-6
then SHOP-6 carries system-alternate
and andon's status on SHOP-6 says "*System mode:* system-alternate"
and planning of SHOP is frozen
po adds system-read-only to SHOP-6
then SHOP-6 carries system-read-only
and SHOP-6 does not carry system-alternate
and andon's status on SHOP-6 says "*System mode:* system-read-only"
po adds system-alternate to SHOP-6
then SHOP-6 carries system-alternate
and SHOP-6 does not carry system-read-only
po takes system-alternate off SHOP-6
then andon's status on SHOP-6 says "*System mode:* not set"
