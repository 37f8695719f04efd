"""What is out of the ordinary this month, and whether to find segments anew."""
