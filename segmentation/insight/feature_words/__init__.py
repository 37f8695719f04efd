"""How features and their values are called."""
