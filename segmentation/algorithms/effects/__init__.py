"""What a treatment changed: rates and means of two groups, and several such effects together."""
