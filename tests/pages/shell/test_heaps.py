"""The threads of the server share a few heaps."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

COUNT = """
import ctypes, sys, threading
from pages.shell.heaps import share_the_heaps
if "shared" in sys.argv: assert share_the_heaps()
ready = threading.Barrier(12)
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
def work(): libc.malloc(100_000); ready.wait()
threads = [threading.Thread(target=work) for _ in range(11)]
for thread in threads: thread.start()
ready.wait()
libc.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, file)
libc.fclose(file)
print(open(sys.argv[1]).read().count("<heap nr="))
"""


def heaps_of_12_threads(*arguments: str) -> int:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, *arguments], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only that C library has heaps for threads")
def test_threads_share_two_heaps(tmp_path_factory: pytest.TempPathFactory) -> None:
    told = str(tmp_path_factory.mktemp("heaps") / "told.xml")
    assert heaps_of_12_threads(told, "shared") <= 2 < heaps_of_12_threads(told)
