"""Which lines of an order a receipt writes out."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from segmentation.intake.proof.receipts import Receipt, ReceiptLine, Why


def lines(number: int, back: int = 0) -> tuple[ReceiptLine, ...]:
    bought = [ReceiptLine(f"Cup {n}", 1.0, 2.5, 0.2 if n == 0 else None, False) for n in range(number)]
    return (*bought, *(ReceiptLine("Pot", -1.0, -9.0, None, True) for _ in range(back)))


def _show() -> None:
    import streamlit as st

    from pages.start.data.receipts import receipts_view

    receipts_view(st.session_state["receipts"], "EUR")


def written(*shown: ReceiptLine) -> str:
    app = AppTest.from_function(_show, default_timeout=30)
    app.session_state["receipts"] = [Receipt(Why.TYPICAL, "ann", "<b>1</b>", None, shown, 10.0, 0.0)]
    app.run()
    assert not app.exception
    return "".join(element.body for element in app.get("html"))


def test_a_few_lines_are_written_out() -> None:
    told = written(*lines(4))
    assert "1 × Cup 0, 20% off" in told
    assert "1 × Cup 3" in told
    assert "€2.50" in told
    assert "more line" not in told


def test_of_many_the_rest_is_counted() -> None:
    told = written(*lines(9))
    assert "1 × Cup 2" in told
    assert "Cup 3" not in told
    assert "and 6 more lines" in told


def test_what_was_sent_back_is_never_among_the_rest() -> None:
    told = written(*lines(9, back=2))
    assert "−1 × Pot, sent back" in told
    assert "−€9.00" in told
    assert "and 8 more lines" in told


def test_a_product_is_only_text() -> None:
    assert "&lt;img src=x&gt;" in written(ReceiptLine("<img src=x>", 1.0, 2.0, None, False))
