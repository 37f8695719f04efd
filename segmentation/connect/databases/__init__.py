"""Tables of a database, read as text into a file in the staging folder, then loaded like an upload."""
