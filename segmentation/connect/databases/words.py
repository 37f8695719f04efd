"""What is told of a database that does not do what it is asked."""

REMEDIES = {
    "password": "Check the user and the password; nothing was read.",
    "authentication": "Check the user and the password; nothing was read.",
    "refused": "Check the host and the port, and that the server runs.",
    "permission denied": "Ask for the right to read it.",
    "translate host name": "Check the name of the host.",
    "timeout expired": "Check the host and the port, and that a firewall lets this machine through.",
    'database "': "Check the name of the database.",
    "statement timeout": "Take fewer tables, or only newer rows.",
    "lock timeout": "Another program changes this table; try again later.",
    "not a database": "Check that it is a file of SQLite.",
}
"""What helps, by what the message says in it, the first that fits."""
NOTHING_LOST = "Nothing of it was loaded; what was there before is still there."
SILENT = "it says nothing of what is wrong"
INSTALL = "Install what requirements-connect.txt pins."
INSTALL_DRIVER = "Install what requirements-connect.txt pins, and then the package adbc-driver-{system}."
