"""What commands tell on standard error, beside their help."""

NAMES_STAY = "{why} The generated names stay.\n"
HERE, ELSEWHERE = "on this machine", "outside this machine"
SENT = "Sent to {model} at {address} ({where}):\n\n{message}\n\n"
NAME_STAYS = "No name for segment {number}: {why}. The generated name stays.\n"
DRAFT_HINT = "; --draft reads roughly, in seconds"
BY_HAND = "Say which with --role {file}:COLUMN=customer_id, or --kind {file}=customers if each row is one."
ORDERS_BY_HAND = "Say it with --kind {file}=orders and --role {file}:COLUMN=customer_id (order_id, amount)."
RULE_BY_HAND = "Correct a column with --role {file}:COLUMN=ROLE, or count the rows with --rule {rule}=off."
DOUBT = "Not sure: {question} Taken: {taken}. Otherwise: {others}."
NO_FIGURE = "no revenue"
DELETED_NOT_SEEN = (
    "Rows deleted in the database are not seen so: read it in full now and then, without --since.\n"
)
DELETED_IN_SHOP = "Orders deleted in the shop are not seen so: read it with --in-full now and then.\n"
