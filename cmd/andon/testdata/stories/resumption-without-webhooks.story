# A withdrawn disaster carries no label any more, and its wish is found all the same
po adds disaster to SHOP-6
po takes disaster off SHOP-6
webhooks are lost from now on
andon restarts with nothing in memory
po adds sprint-resume to SHOP-6
5 minutes pass
then sprint "SHOP Sprint 7" is future
and sprint "SHOP Sprint 7" still holds SHOP-1, SHOP-2, SHOP-3, SHOP-5 and SHOP-6
