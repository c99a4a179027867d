# Where there is a Product Owner, neither the project's lead nor an administrator decides
po adds disaster to SHOP-5
lead adds disaster to SHOP-6
then SHOP-6 is proposed
lead adds system-offline to SHOP-5
then SHOP-5 does not carry system-offline
lead takes disaster off SHOP-5
then SHOP-5 carries disaster
and planning of SHOP is frozen
