# Team-managed boards have sprints too
only cloud
there is a team-managed project TEAM led by lead
there is a simple board "TEAM board" in TEAM
there is a future sprint "TEAM 1" of board "TEAM board" with nothing
lead creates a Task "Everything is down" in TEAM
lead creates a Task "Nice to have" in TEAM
lead adds disaster to "Everything is down"
dev puts "Nice to have" into sprint "TEAM 1"
then "Nice to have" is in the backlog
and planning of TEAM is frozen
