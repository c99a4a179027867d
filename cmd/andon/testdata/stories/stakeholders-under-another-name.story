# ANDON_STAKEHOLDER_ROLE: the role may have another name
setting ANDON_STAKEHOLDER_ROLE = Steering Board
there is a user ann
there is a user bob
the role "Steering Board" of SHOP is held by ann
the role "Stakeholder" of SHOP is held by bob
po adds disaster to SHOP-6
then ann was mailed "declared" once
and bob was mailed nothing
