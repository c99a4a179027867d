# Two projects that share a scheme get a copy each
setting ANDON_FREEZE = permissions
BLOG is part of the story
po adds disaster to SHOP-6
lead adds disaster to BLOG-1
then SHOP uses andon's copy of the permission scheme "Default Permission Scheme"
and BLOG uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of SHOP-6 as Done
then SHOP uses the permission scheme "Default Permission Scheme"
and BLOG uses andon's copy of the permission scheme "Default Permission Scheme"
dev closes the root-cause task of BLOG-1 as Done
then BLOG uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
