# The operator names the Product Owners himself; the role counts no more
only data center
setting ANDON_PRODUCT_OWNERS = dev, sm
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
sm adds disaster to SHOP-5
then sprint "SHOP Sprint 7" is cancelled by SHOP-5
