# Who sets nothing keeps his permission schemes
po adds disaster to SHOP-6
then SHOP uses the permission scheme "Default Permission Scheme"
and sm may manage sprints in SHOP
and no copy of a permission scheme is left
