# The change and the release come in one moment
setting ANDON_FREEZE = permissions
there is a permission scheme "The new one"
po adds disaster to SHOP-6
all at once
  SHOP is given the permission scheme "The new one"
  dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
and SHOP uses the permission scheme "The new one"
and no copy of a permission scheme is left
and andon says "Andon left it as it is" on SHOP-6 once
