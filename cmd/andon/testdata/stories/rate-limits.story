# Jira asks for patience
Jira answers 429 to the next 5 calls
po adds disaster to SHOP-6
10 minutes pass
then some looks may have failed
and sprint "SHOP Sprint 7" is cancelled by SHOP-6
and SHOP-6 has 9 tasks
Jira answers 429 to the next 3 writes
dev takes disaster off SHOP-6
10 minutes pass
then some looks may have failed
and SHOP-6 carries disaster
