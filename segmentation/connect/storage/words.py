"""What is told of object storage that does not give what it is asked for."""

CHECK_KEYS = "Check the keys in the environment, and that they may read it."
CHECK_ADDRESS = "Check the address, and for a server of your own AWS_ENDPOINT_URL."
NAME_A_FILE = "Name a file, or a folder of Parquet files."
CHANGING_TABLE = (
    "{source} is a table of Delta Lake or Iceberg, whose files still hold what was deleted from it."
)
EXPORT_AS_PARQUET = "Write it as plain Parquet or CSV first."
