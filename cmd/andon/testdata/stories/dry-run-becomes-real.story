# What was declared during the dry run counts when andon is let loose within a day
setting ANDON_DRY_RUN = true
po adds disaster to SHOP-6
2 hours pass
then andon has written nothing
andon restarts with ANDON_DRY_RUN = false
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
