# A team-managed project has no scheme to exchange
setting ANDON_FREEZE = permissions
only cloud
there is a team-managed project TEAM led by lead
lead creates a Task "Down" in TEAM labelled disaster
then planning of TEAM is frozen
and andon's status on "Down" says "a team-managed project has no permission scheme"
and no copy of a permission scheme is left
10 minutes pass
then andon writes nothing
