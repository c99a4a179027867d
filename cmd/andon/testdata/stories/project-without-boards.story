# A project that no board shows
there is a company-managed project OPS led by lead
lead creates a Task "Mails are lost" in OPS labelled disaster-accidental
then "Mails are lost" has 12 tasks
and planning of OPS is frozen
and planning of SHOP is free
