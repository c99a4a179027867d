# Issues of another project are that project's business, until they come here
BLOG is part of the story
po adds disaster to SHOP-6
lead puts BLOG-2 into sprint "SHOP Sprint 8"
then BLOG-2 is in sprint "SHOP Sprint 8"
and andon writes nothing
lead moves BLOG-2 to SHOP
then "Pictures for the spring campaign" is in the backlog
