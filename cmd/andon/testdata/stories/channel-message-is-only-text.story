# What people wrote goes out as text, in one title line
setting ANDON_NOTIFY_URLS = https://ops.example.com/hook
dev renames SHOP-6 to "@everyone {color:red}click <b>here</b>{color} https://evil.example.com"
po adds disaster to SHOP-6
then channel "ops" was told "SHOP-6: disaster declared, planning is frozen" once
and everything that was told leads to SHOP-6
