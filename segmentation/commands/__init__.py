"""The commands of the command line, a file each: `add_to` declares one, its function carries it out."""
