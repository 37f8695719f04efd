"""What roles are called, and what each may do."""

from __future__ import annotations

from segmentation.people import TeamRole

ROLES = {TeamRole.VIEWER: "Viewer", TeamRole.EDITOR: "Editor", TeamRole.OWNER: "Owner"}
YOU = {
    TeamRole.VIEWER: "You are a viewer here.",
    TeamRole.EDITOR: "You are an editor here.",
    TeamRole.OWNER: "You are an owner here.",
}
RULES = (
    "*Viewers* look, and take tables without contacts. *Editors* also add files, find and name segments and "
    "hand people over. *Owners* also delete, set the schedule, read the audit and decide who is here."
)
SHARE = "The address of each page is a link to what it shows: whoever is on this list may open it."
EVERYWHERE = (
    "Ends all that they are signed in with, and takes them out of every workspace. The audit keeps only a "
    "number of them. Files of a workspace that only they used stay on the disk, for who runs the server."
)
