"""Who moved between two days: from which segment to which, with how much money, and why."""
