"""What commands tell on standard error, beside their help."""

NAMES_STAY = "{why} The generated names stay.\n"
HERE, ELSEWHERE = "on this machine", "outside this machine"
SENT = "Sent to {model} at {address} ({where}):\n\n{message}\n\n"
NAME_STAYS = "No name for segment {number}: {why}. The generated name stays.\n"
DRAFT_HINT = "; --draft reads roughly, in seconds"
