"""Step 1: files become tables; what each column means, how files link, and what was set aside and why."""
