"""What can go wrong, in words for people: one family, each with a title, what was found and what to do."""


class SegmentationError(ValueError):
    """Base of all errors a person can act on.

    :param found: what was found, with the value itself.
    :param remedy: what to do about it.
    """

    title = "Something is not right"

    def __init__(self, found: str, remedy: str = "") -> None:
        super().__init__(found, remedy)
        self.found = found
        self.remedy = remedy

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.title}: {self.found}", self.remedy) if part)


class UnreadableFileError(SegmentationError):
    """The bytes are not a table that we can read."""

    title = "This file cannot be read"


class EmptyFileError(SegmentationError):
    """There is nothing, or only a header, in the file."""

    title = "This file has no rows"


class UnknownColumnError(SegmentationError):
    """A column or role was named that does not exist."""

    title = "No such column"

    @classmethod
    def from_missing_and_available(cls, missing: str, available: list[str]) -> "UnknownColumnError":
        """Name the column that was asked for and the ones there are."""
        return cls(f"there is no column “{missing}”.", f"There are: {', '.join(available)}.")


class NoCustomersError(SegmentationError):
    """No uploaded file says anything about customers."""

    title = "No customers found"


class NoOrdersError(SegmentationError):
    """Files with days and numbers hold no order that could be read."""

    title = "No orders found"


class TooFewCustomersError(SegmentationError):
    """Fewer distinct customers than segments asked for."""

    title = "Too few customers"


class NothingToCompareError(SegmentationError):
    """No feature differs between customers."""

    title = "Nothing tells these customers apart"


class NoTiersError(NothingToCompareError):
    """The files hold no orders, or orders without dates or amounts."""

    title = "There are no tiers for this shop"


class NothingToRecommendError(SegmentationError):
    """The orders do not say enough of which products were bought by whom."""

    title = "Nothing can be recommended yet"


class NoHindsightError(SegmentationError):
    """The history does not reach far enough to say what came after."""

    title = "There is too little to look back on"


class NoForecastError(SegmentationError):
    """The orders say too little to foretell what customers will do."""

    title = "The future cannot be foretold from these orders"


class WorkspaceError(SegmentationError):
    """The workspace file cannot be opened or written, is of another version or is in use."""

    title = "The workspace cannot be used"


class WaitForPlaceError(WorkspaceError):
    """As many workspaces are in use on this server as it may hold open."""

    title = "Please wait a moment"

    @classmethod
    def of(cls, most: int) -> "WaitForPlaceError":
        """Say how many there may be."""
        used = "one workspace is in use, and no more may be" if most == 1 else f"{most} workspaces are in use"
        return cls(f"{used} on this server at the same time.", "Yours opens as soon as one of them is free.")


class HeldError(WorkspaceError):
    """Another program holds the workspace at the moment; later it may not."""


class TryAgainError(SegmentationError):
    """What was asked for cannot be done now, and can be done later as it is."""

    title = "Not now"


class ModelError(SegmentationError):
    """A language model is not here, cannot be loaded or is not what it claims to be."""

    title = "The language model cannot be used"


class EndpointError(SegmentationError):
    """A language model behind an address does not answer, or answers with what cannot be let in."""

    title = "The language model gave no usable answer"


class DeviceError(SegmentationError):
    """A device was asked for that this machine does not have."""

    title = "This device cannot be used"


class SourceError(SegmentationError):
    """A database or a storage does not answer, or refuses what was asked of it."""

    title = "This source cannot be read"


class HostNotAllowedError(SegmentationError):
    """A host is to be asked that this server may not ask."""

    title = "This host is not allowed here"


class NotInstalledError(SegmentationError):
    """An optional part was asked for that is not on this machine."""

    title = "This part is not installed"


class EngineError(SegmentationError):
    """The workers that were asked for are not there, or are of another version."""

    title = "These workers cannot be used"


class OptionError(SegmentationError):
    """A setting has a value that makes no sense."""

    title = "This setting cannot be used"


class NotFrozenError(SegmentationError):
    """Segments are not there, or keep too little of how they were found to assign anybody."""

    title = "Nobody can be assigned to these segments"


class FilesChangedError(SegmentationError):
    """The uploads, their columns' roles or the rules are not those that segments were found with."""

    title = "The segments are out of date"
    what = "your files or cleaning rules have changed since these segments were found."

    def __init__(self) -> None:
        super().__init__(self.what, "Find the segments anew first.")


class NotSignedInError(SegmentationError):
    """Nobody is signed in where somebody has to be, or no longer is."""

    title = "Please sign in"


class NotAllowedError(SegmentationError):
    """A person asks for what their role in this workspace does not let them do."""

    title = "Your role does not allow this"

    @classmethod
    def in_role(cls, role: str, right: str) -> "NotAllowedError":
        """Name the role that the person has, and the one it takes."""
        takes = {"edit": "an editor or an owner", "own": "an owner"}.get(right, "a member")
        you = "a viewer" if role == "viewer" else f"an {role}"
        return cls(f"in this workspace you are {you}; this takes {takes}.", "Ask an owner of the workspace.")


class NotInvitedError(NotAllowedError):
    """Somebody signed in whom nobody has invited, where only the invited are let in."""

    title = "You are not invited yet"

    @classmethod
    def of(cls, email: str | None, ask: str) -> "NotInvitedError":
        """Say which address would have to be invited, and whom to ask."""
        if email is None:
            return cls(
                "only the invited are let in, and your sign-in came without an e-mail that is verified.",
                f"Verify your address where you sign in, or ask {ask or 'who runs it'}.",
            )
        return cls(
            f"only the invited are let in, and nobody has invited {email} yet.",
            f"Ask {ask or 'who runs it'}, or who owns a workspace here, to invite that address; then open "
            "this page again.",
        )


class Cancelled(Exception):
    """Raised out of a progress callback when a person has cancelled the job."""
