# Only labels decide, not words, and only in full
po creates a Bug "disaster disaster-data system-offline" in SHOP
po adds disastrous and disaster-free to SHOP-6
then sprint "SHOP Sprint 7" is active
and andon has written nothing
