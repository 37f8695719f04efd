"""What is said of lines of the audit."""

from __future__ import annotations

from segmentation.people.deed import Action, Ending, Flaw

ACTIONS = {
    Action.SIGN_IN: "Signed in",
    Action.SIGN_OUT: "Signed out",
    Action.UPLOAD: "Added a file",
    Action.DELETE: "Deleted",
    Action.FORGET: "Forgot a customer",
    Action.LET_RETURN: "Let a forgotten customer come back",
    Action.RUN: "Ran a job",
    Action.RENAME: "Renamed",
    Action.EXPORT: "Took a file",
    Action.SCHEDULE: "Set the schedule",
    Action.INVITE: "Invited somebody",
    Action.JOIN: "Took up an invitation",
    Action.SET_ROLE: "Gave a role",
    Action.REMOVE: "Removed somebody",
    Action.START_WORKSPACE: "Started the workspace",
    Action.REMOVE_PERSON: "Removed a person from the server",
}
ENDINGS = {
    Ending.DONE: "Done",
    Ending.REFUSED: "Refused",
    Ending.FAILED: "Failed",
    Ending.CANCELLED: "Stopped",
}
WHOLE = "No line of the audit was changed or taken out: each holds the fingerprint of the one before."
WITH_KEY = " Lines from number {first:,} on are hashed with a key that does not lie beside them."
WITHOUT_KEY = " None is hashed with a key, so that who may write its files could write all of them anew."
BROKEN = {
    Flaw.NO_LINE: "Line {line} of {file} is no line of the audit.",
    Flaw.GAP: "Line {line} of {file} does not follow the one before: something was taken out or put in.",
    Flaw.CHANGED: "Line {line} of {file} was changed.",
    Flaw.OTHER_PERSON: "Who did what line {line} of {file} tells was changed.",
    Flaw.NO_KEY: "Line {line} of {file} was hashed with a key that this server is not started with.",
    Flaw.WITHOUT_KEY: "Line {line} of {file} was written without the key, which those before it have.",
    Flaw.CUT: "What came after line {line} of {file} is missing.",
}
