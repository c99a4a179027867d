# The disaster and its tasks may be in a sprint: recovery is no planning
there is a project CARE led by lead without sub-tasks
there is a scrum board "CARE board" in CARE
there is a future sprint "CARE 1" of board "CARE board" with nothing
lead creates a Task "Data are gone" in CARE
lead adds disaster to "Data are gone"
dev puts the root-cause task of "Data are gone" into sprint "CARE 1"
dev puts "Data are gone" into sprint "CARE 1"
2 minutes pass
then the root-cause task of "Data are gone" is in sprint "CARE 1"
and "Data are gone" is in sprint "CARE 1"
and andon says "while planning is frozen" on "Data are gone" never
po adds disaster to SHOP-6
sm puts SHOP-6 into sprint "SHOP Sprint 8"
then SHOP-6 is in sprint "SHOP Sprint 8"
