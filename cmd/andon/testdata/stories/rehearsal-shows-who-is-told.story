# The comment shows everything: sprints, tasks, freeze, who is told, what is refused
po adds disaster-rehearsal and disaster-security to SHOP-6
then andon has written 1 time
and andon says "cancel sprint" on SHOP-6 once
and andon says "with 5 unfinished issues" on SHOP-6 once
and andon says "freeze planning" on SHOP-6 once
and andon says "Product Owner, who decides: Paula Owner" on SHOP-6 once
and andon says "Scrum Master, mentioned in the comments: Sam Master" on SHOP-6 once
and andon says "Rotate credentials" on SHOP-6 once
and andon says "is left alone: its origin board" on SHOP-6 once
and andon says "the label system-restored, until these tasks are done" on SHOP-6 once
and planning of SHOP is free
