# The role may be held by a group; andon itself is told nothing, and other projects' people neither
there is a user ann
there is a user bob
there is a user carl
there is a group board of ann, bob and andon
the role "Stakeholder" of SHOP is held by group board and dev
the role "Stakeholder" of BLOG is held by carl
po adds disaster to SHOP-6
then ann was mailed "declared" once
and bob was mailed "declared" once
and dev was mailed "declared" once
and carl was mailed nothing
and andon was mailed nothing
and everything that was told leads to SHOP-6
