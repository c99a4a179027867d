# Any other task of the playbook likewise
po adds disaster to SHOP-6
lead deletes task "Test before return to service" of SHOP-6
then SHOP-6 has 9 tasks
and planning of SHOP is frozen
dev renames task "Inform stakeholders and developers" of SHOP-6 to "Tell everybody"
then SHOP-6 has 9 tasks
and SHOP-6 has a task "Tell everybody"
