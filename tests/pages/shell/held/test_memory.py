"""What is remembered is worked out once for all who wait, in bounds, and not kept once it is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.shell.held.memory import Memory


def test_a_value_is_worked_out_once_for_all_who_want_it_at_once() -> None:
    memory, calls, all_there = Memory(), list[int](), threading.Barrier(8)

    def want(_: int) -> object:
        all_there.wait()
        return memory.recall("f", (1,), 1, work_out)

    def work_out() -> object:
        calls.append(1)
        return object()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(want, range(8)))) == 1
    assert calls == [1]


def test_the_last_ones_are_kept_those_of_one_function_apart_from_those_of_another() -> None:
    memory = Memory()
    for number in range(5):
        memory.recall("f", (number,), 2, lambda n=number: n)
        memory.recall("g", (number,), 3, lambda n=number: -n)
    assert len(memory) == 5
    assert [memory.look_up("f", (number,)) for number in range(5)] == [(), (), (), (3,), (4,)]
    memory.look_up("f", (3,))
    memory.recall("f", (5,), 2, lambda: 5)
    assert memory.look_up("f", (3,)) == (3,) and memory.look_up("f", (4,)) == ()


@pytest.mark.parametrize(
    "forget", [Memory.forget_all, lambda memory: memory.forget("f"), lambda memory: memory.forget("f", (1,))]
)
def test_what_is_forgotten_while_it_is_worked_out_is_not_kept(forget: Callable[[Memory], None]) -> None:
    memory = Memory()

    def work_out() -> str:
        forget(memory)
        return "of what is deleted"

    then = list[str]()
    assert memory.recall("f", (1,), 1, work_out, then.append) == "of what is deleted"
    assert memory.look_up("f", (1,)) == ()
    assert then == []
    assert memory.recall("f", (1,), 1, lambda: "new", then.append) == "new"
    assert then == ["new"]


def test_where_one_fails_the_next_who_waits_does_it() -> None:
    memory, begun, fail = Memory(), threading.Event(), threading.Event()

    def fails() -> str:
        begun.set()
        fail.wait(10)
        raise ValueError("the disk is full")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memory.recall, "f", (), 1, fails)
        begun.wait(10)
        second = pool.submit(memory.recall, "f", (), 1, lambda: "done")
        fail.set()
        with pytest.raises(ValueError):
            first.result(10)
        assert second.result(10) == "done"
