# What was declared meanwhile is found when the token is valid again
andon's token expires
po adds disaster to SHOP-6
10 minutes pass
then some looks failed
and sprint "SHOP Sprint 7" is active
andon's token is renewed
10 minutes pass
then some looks may have failed
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
