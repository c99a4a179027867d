# Even the Product Owner does not close it as Won't Do
setting ANDON_ROOT_CAUSE_ACCEPTANCE = po
po adds disaster to SHOP-6
po closes the root-cause task of SHOP-6 as Won't Do
then planning of SHOP is frozen
and andon says "closed as Won't Do" on SHOP-6 once
