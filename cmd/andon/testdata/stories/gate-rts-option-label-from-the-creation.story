# system-restored that was there before the first task was created opens no gate
po creates a Bug "Shop is down" in SHOP labelled disaster and system-restored
then sprint "SHOP Sprint 7" is cancelled by "Shop is down"
and "Shop is down" does not carry system-restored
and "Shop is down" is recovering
