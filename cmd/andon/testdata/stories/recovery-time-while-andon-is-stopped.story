# Steps that were missed are not told one by one when andon is back; only where it stands now
setting ANDON_RECOVERY_SLA = 4h
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
andon is stopped
5 hours pass
andon starts
then andon says "The recovery time is over" on SHOP-6 once
and andon says "of the recovery time is used" on SHOP-6 never
and channel "ops" was told "the recovery time is over" once
and channel "ops" was told "%" never
