# Nobody manages the sprints of a board whose filter names an archived project
there is a company-managed project OLD led by lead
there is a scrum board "Both" in SHOP that shows "project in (SHOP, OLD) ORDER BY Rank ASC"
there is an active sprint "Both 1" of board "Both" with SHOP-10
project OLD is archived
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and sprint "Both 1" is active
and SHOP-6 has 9 tasks
and planning of SHOP is frozen
and andon's status on SHOP-6 says "a project of the filter that is archived has to leave the filter"
project OLD is brought back
2 minutes pass
then sprint "Both 1" is cancelled by SHOP-6
