"""Which rows are one order, and in which state it is: sold, or not, or taken back."""
