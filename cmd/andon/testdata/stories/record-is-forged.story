# Or tries to write into it who declared: the seal breaks, and the record is made anew
po adds disaster to SHOP-6
dev changes "disaster" to "lunch" in andon's record on SHOP-6
2 minutes pass
then planning of SHOP is frozen
and andon's status on SHOP-6 says "made anew"
