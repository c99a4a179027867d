# A board from before that comes into the project brings sprints of its own along
BLOG is part of the story
there is a scrum board "Wanderer" in BLOG
there is a future sprint "Wander 1" of board "Wanderer" with BLOG-3
po adds disaster to SHOP-6
board "Wanderer" comes to SHOP
2 minutes pass
then sprint "Wander 1" is future
lead starts sprint "Wander 1"
then sprint "Wander 1" is cancelled by SHOP-6
