# Jira mails nobody who may not see the issue; that is no fault to be tried again
there is a user ann
the role "Stakeholder" of SHOP is held by ann
SHOP-6 is hidden from ann
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and nobody was mailed
and SHOP-6 has 9 tasks
