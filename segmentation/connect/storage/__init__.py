"""Files in S3, Google Cloud Storage and Azure: copied into the staging folder, then read like any other."""
