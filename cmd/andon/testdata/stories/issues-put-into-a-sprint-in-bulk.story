# More issues than one call moves, at once and all back at once
po adds disaster to SHOP-6
there are 64 issues in SHOP
sm puts those 64 issues into sprint "SHOP Sprint 8"
then those 64 issues are in the backlog
and sprint "SHOP Sprint 8" still holds SHOP-11
and andon says "Sam Master put 64 issues into sprint" on SHOP-6 once
and andon says "14 more. Andon put" on SHOP-6 once
