"""Another engine is asked for by name, and what it needs is said where it is not there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from segmentation.cli import main
from segmentation.scale.tasks import cluster


def test_options_of_workers_need_workers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    orders = tmp_path / "orders.csv"
    rows = "".join(f"O{n},C{n % 40},2025-01-{1 + n % 28:02d},{5 + n % 7}\n" for n in range(120))
    orders.write_text(f"order_id,customer_id,order_date,amount\n{rows}")
    assert main(["run", str(orders), "--out", str(tmp_path / "out"), "--workers", "2"]) == 2
    assert "Add --engine ray." in capsys.readouterr().err


def test_where_ray_is_not_installed_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    orders = tmp_path / "orders.csv"
    rows = "".join(f"O{n},C{n % 40},2025-01-{1 + n % 28:02d},{5 + n % 7}\n" for n in range(120))
    orders.write_text(f"order_id,customer_id,order_date,amount\n{rows}")
    assert main(["run", str(orders), "--out", str(tmp_path / "out"), "--engine", "ray"]) == 2
    assert "pip install -r requirements-ray.txt" in capsys.readouterr().err
    with pytest.raises(ValueError, match="Ray is not installed"), cluster(None):
        pass
