"""How texts are put together for an encoder, and in which numbers this processor computes fast."""

from pathlib import Path

BATCH = 32  # texts at a time
AT_ONCE = 4096  # tokens at a time, padding included


def batches(lengths: list[int]) -> list[list[int]]:
    """Put texts of like length together, as short ones are padded to the longest; return indices."""
    groups: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lambda at: lengths[at]):
        last = groups[-1] if groups else None
        if last and len(last) < BATCH and (len(last) + 1) * lengths[at] <= AT_ONCE:
            last.append(at)
        else:
            groups.append([at])
    return groups


def has_bfloat16() -> bool:
    """Whether the processor computes with bfloat16, which then takes half the time."""
    try:
        flags = Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags
