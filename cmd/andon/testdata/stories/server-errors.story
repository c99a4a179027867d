# Jira stumbles; andon tries again until all is done, once
Jira answers 500 to the next 4 calls
po adds disaster to SHOP-6
10 minutes pass
then some looks may have failed
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
Jira answers 503 to the next 3 writes
sm starts sprint "SHOP Sprint 8"
10 minutes pass
then some looks may have failed
and sprint "SHOP Sprint 8" is cancelled by SHOP-6
and andon says "Andon cancelled it again" on SHOP-6 once
