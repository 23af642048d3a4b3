"""Lets a process write in one folder only, by the kernel's Landlock (Linux 5.13 and later).

Nothing is changed where the kernel has no Landlock: the other limits stand without it.
"""

import ctypes
import os
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
_PATH_BENEATH = 1
# Writing, removing, and making of files, folders, devices, sockets, pipes and links (ABI version 1).
_WRITES = 1 << 1 | 1 << 4 | 1 << 5 | 0x7F << 6


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled_access_fs", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def write_only_in(folder: Path) -> bool:
    """Forbid this process to write anywhere but below `folder`; tell whether the kernel does so."""
    libc = ctypes.CDLL(None, use_errno=True)
    rules = _Ruleset(_WRITES)
    handle = libc.syscall(_CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    if handle < 0:
        return False
    place = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = _Beneath(_WRITES, place)
        if libc.syscall(_ADD_RULE, handle, _PATH_BENEATH, ctypes.byref(beneath), 0):
            return False
        if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            return False
        return not libc.syscall(_RESTRICT_SELF, handle, 0)
    finally:
        os.close(place)
        os.close(handle)
