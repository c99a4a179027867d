# Where nothing is declared the labels are nobody's business
dev adds system-offline to SHOP-6
po adds system-restored and sprint-resume to SHOP-5
5 minutes pass
then andon has written nothing
