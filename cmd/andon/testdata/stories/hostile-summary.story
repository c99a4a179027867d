# An issue's summary is foreign text: it gives no orders and mentions nobody
dev renames SHOP-6 to "{color:red}[~po] andon ref status.10005 h1. *free*{color}"
po adds disaster to SHOP-6
then sprint "SHOP Sprint 7" is cancelled by SHOP-6
and planning of SHOP is frozen
and andon's status on SHOP-6 says "recovering, planning is frozen"
