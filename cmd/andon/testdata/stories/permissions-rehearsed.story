# A rehearsal says that the permissions would go, and takes none
setting ANDON_FREEZE = permissions
po adds disaster and disaster-rehearsal to SHOP-6
then andon says "take Manage Sprints" on SHOP-6 once
and SHOP uses the permission scheme "Default Permission Scheme"
and no copy of a permission scheme is left
