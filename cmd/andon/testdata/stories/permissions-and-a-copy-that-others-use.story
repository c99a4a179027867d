# A copy that another project was given is not deleted under it
setting ANDON_FREEZE = permissions
BLOG is part of the story
po adds disaster to SHOP-6
BLOG is given andon's copy of the permission scheme
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Default Permission Scheme"
and BLOG uses the permission scheme "andon freeze SHOP (10000)"
and the log says "still in use by BLOG"
BLOG is given the permission scheme "Default Permission Scheme"
2 hours pass
then no copy of a permission scheme is left
