# The operator may let a program declare
only cloud
setting ANDON_PRODUCT_OWNERS = 712020:robot
there is an app robot
robot adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
