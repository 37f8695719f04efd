"""What turns texts into vectors, and keeps them."""
