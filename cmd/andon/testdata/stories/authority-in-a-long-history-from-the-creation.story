# A label from the creation is the creator's, also after a long history
andon is stopped
po creates a Bug "Orders are gone" in SHOP labelled disaster
dev creates a Bug "Look here" in SHOP labelled disaster
dev renames "Orders are gone" 120 times
po renames "Look here" 120 times
andon starts
then "Orders are gone" is recovering
and "Look here" is proposed
and sprint "SHOP Sprint 7" is cancelled by "Orders are gone"
