# Labels of years are no news
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
there are 3 issues in SHOP from 400 days ago labelled disaster
andon restarts with nothing in memory
1 hour passes
then channel "ops" was told nothing
and andon has written nothing
