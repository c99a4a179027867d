# The creator counts, whoever is written down as reporter
dev creates a Bug "Look here" in SHOP labelled disaster
dev renames "Look here" to "Reported by Paula Owner"
then sprint "SHOP Sprint 7" is active
and "Reported by Paula Owner" is proposed
