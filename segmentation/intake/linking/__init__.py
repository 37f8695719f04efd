"""Files become one shop: customers, lines, events, reviews, products, linked by the values they share."""
