# The operator names the Product Owners himself; the role counts no more
only cloud
setting ANDON_PRODUCT_OWNERS = 712020:dev
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is active
dev adds disaster to SHOP-5
then sprint "SHOP Sprint 7" is cancelled by SHOP-5
