# A false alarm is told as well
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there is a user ann
the role "Stakeholder" of SHOP is held by ann
po adds disaster to SHOP-6
po takes disaster off SHOP-6
then channel "ops" was told "withdrawn" once
and ann was mailed "withdrawn" once
and everything that was told leads to SHOP-6
andon restarts with nothing in memory
then channel "ops" was told two things
