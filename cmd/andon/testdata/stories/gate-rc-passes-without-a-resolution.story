# Some workflows never set a resolution; done is done there
a done issue gets no resolution by itself
po adds disaster to SHOP-6
dev begins the root-cause task of SHOP-6
then planning of SHOP is frozen
dev closes the root-cause task of SHOP-6 as Done
then planning of SHOP is free
