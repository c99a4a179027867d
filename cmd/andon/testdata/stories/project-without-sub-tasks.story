# The project has no sub-tasks: linked tasks do as well
there is a project FLAT led by lead without sub-tasks
there is a scrum board "FLAT board" in FLAT
lead creates a Bug "Mails are lost" in FLAT
there is an active sprint "Flat 1" of board "FLAT board" with "Mails are lost"
lead adds disaster to "Mails are lost"
then sprint "Flat 1" is cancelled by "Mails are lost"
and "Mails are lost" has 9 linked tasks
and planning of FLAT is frozen
andon restarts with nothing in memory
then "Mails are lost" has 9 linked tasks
dev closes the root-cause task of "Mails are lost" as Done
2 minutes pass
then planning of FLAT is free
