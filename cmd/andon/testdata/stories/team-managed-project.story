# A team-managed project has a simple board, sub-tasks by another name and roles of its own
only cloud
there is a team-managed project TEAM led by dev
there is a simple board "Team board" in TEAM
dev creates a Story "Login" in TEAM
dev creates a Story "Logout" in TEAM
there is an active sprint "Team Sprint 1" of board "Team board" with "Login" and "Logout"
po adds disaster to "Login"
then sprint "Team Sprint 1" is active
dev adds disaster-security to "Login"
then sprint "Team Sprint 1" is cancelled by "Login"
and "Login" has 12 tasks
and planning of TEAM is frozen
and sprint "SHOP Sprint 7" is active
sm creates sprint "Team Sprint 2" on board "Team board"
then sprint "Team Sprint 2" is gone
dev closes the root-cause task of "Login" as Done
then planning of TEAM is free
