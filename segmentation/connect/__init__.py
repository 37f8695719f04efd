"""Sources beside uploaded files; what they hold comes in by the same intake, so that all its laws apply."""
