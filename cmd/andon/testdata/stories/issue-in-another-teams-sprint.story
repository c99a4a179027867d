# Another team's sprint is left alone, whatever is put into it
BLOG is part of the story
po adds disaster to SHOP-6
sm puts SHOP-2 into sprint "BLOG Sprint 3"
then SHOP-2 is in sprint "BLOG Sprint 3"
and andon says "so andon leaves it alone" on SHOP-6 once
and the log says "planned-elsewhere"
