The Product Owner rejects a proposal by taking the label off.

> dev labels SHOP-100 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-100)
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
> po unlabels SHOP-100 disaster
    andon: comment: a proposal is decided (SHOP-100)
    now: SHOP-100 is rejected
    now: planning is free; sprints: 10 active, 11 future, 12 active
> dev labels SHOP-100 disaster
    andon: comment: a disaster is proposed, the Product Owner is asked (SHOP-100)
    now: SHOP-100 is proposed
    now: planning is free; sprints: 10 active, 11 future, 12 active
