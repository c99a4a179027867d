# When nobody can read a disaster any more, an operator ends its freeze by hand
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
po adds disaster to SHOP-6
SHOP-6 is hidden from andon
5 minutes pass
then planning of SHOP is frozen
the operator releases SHOP-6 of SHOP because "the reporter left and took the space along"
2 minutes pass
then planning of SHOP is free
and channel "ops" was told "released by an operator" once
and channel "ops" was told "the reporter left and took the space along" once
sm creates sprint "On we go" on board "SHOP board"
and sm starts sprint "On we go"
then sprint "On we go" is active
