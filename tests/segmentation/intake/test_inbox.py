"""The inbox offers what lies in it and has not been loaded."""

from segmentation.intake.inbox import inbox_folder, list_inbox
from segmentation.intake.read import load_file
from segmentation.workspace import Workspace


def test_the_inbox_offers_what_is_new(workspace: Workspace) -> None:
    folder = inbox_folder(workspace)
    assert (list_inbox(workspace), folder.stat().st_mode & 0o777) == ((), 0o700)
    for name in ("b.csv", "a.csv", ".hidden"):
        (folder / name).write_text(f"customer_id,{name}\n1,2\n2,3\n")
    (folder / "link.csv").symlink_to(folder / "a.csv")
    (folder / "folder").mkdir()
    assert [path.name for path in list_inbox(workspace)] == ["a.csv", "b.csv"]
    load_file(workspace, folder / "a.csv")
    assert [path.name for path in list_inbox(workspace)] == ["b.csv"]
