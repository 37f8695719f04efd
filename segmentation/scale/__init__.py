"""Beyond one machine: a shop in parts, asked and assigned part by part, by whoever works on them."""
