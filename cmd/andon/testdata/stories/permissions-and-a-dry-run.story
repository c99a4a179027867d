# A dry run exchanges nothing
setting ANDON_FREEZE = permissions
setting ANDON_DRY_RUN = true
po adds disaster to SHOP-6
5 minutes pass
then andon has written nothing
and SHOP uses the permission scheme "Default Permission Scheme"
