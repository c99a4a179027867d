# The operator names the projects that andon looks after
setting ANDON_PROJECTS = BLOG
po adds disaster to SHOP-6
1 hour passes
then sprint "SHOP Sprint 7" is active
and andon has written nothing
