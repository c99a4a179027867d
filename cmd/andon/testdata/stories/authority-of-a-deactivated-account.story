# Somebody in the role's group whose account is closed is no Product Owner any more; what was judged before stands
there is a user ann
there is a group owners of ann and po
the role "Product Owner" of SHOP is held by group owners
ann adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
andon is stopped
ann takes disaster off SHOP-6
the account of ann is deactivated
andon starts
then SHOP-6 carries disaster
and planning of SHOP is frozen
1 hour passes
then SHOP-6 is recovering
po takes disaster off SHOP-6
then SHOP-6 is withdrawn
