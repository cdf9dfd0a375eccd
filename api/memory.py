"""Keeps a worker small and a server quick.

glibc gives every thread a heap of its own and returns little of what a memo took: over twelve memos 1,580 MB
at the peak, with `share_one_heap` 1,000 MB.
"""

import ctypes
import gc
import sys

M_ARENA_MAX, M_MMAP_THRESHOLD = -8, -3
"""From glibc's malloc.h."""
LARGE = 1 << 20
"""Bytes from which on a piece goes back to the system as soon as it is free. glibc raises its own limit with
each large piece that is freed, up to 32 MB, and then keeps what a memo's windows took."""


def share_one_heap() -> None:
    """Before the first thread is started."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)
        libc.mallopt(M_MMAP_THRESHOLD, LARGE)


def keep_what_is_loaded() -> None:
    """After the start of a server: what is there now stays, so the collector need not look through it again
    and again; that took a tenth of each check-in."""
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """After a piece of work: free pages go back to the system, in a few milliseconds."""
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)
