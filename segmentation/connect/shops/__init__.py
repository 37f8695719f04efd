"""Shop systems by their own interfaces: orders, customers and products in the columns of their exports."""
