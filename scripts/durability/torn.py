"""What a power cut in the middle of a write leaves: the last commit without its last sector."""

SECTOR_BYTES = 512
SUFFIX = ".segment"


def segments(data):
    return sorted(data.glob(f"*{SUFFIX}"))


def end_of_data(segment):
    """Behind the last byte that is not zero, which belongs to the last commit."""
    return len(segment.read_bytes().rstrip(b"\0"))


def tear(data):
    """Takes the last commit's last sector, as if it had never reached the disk."""
    segment = segments(data)[-1]
    end = end_of_data(segment)
    with open(segment, "r+b") as file:
        file.seek(end - SECTOR_BYTES)
        file.write(bytes(SECTOR_BYTES))


def names(data):
    """The files that a start may open or make, as far as they can be told before."""
    found = []
    for path in segments(data) or [data / f"{1:020d}{SUFFIX}"]:
        found += [path.name, f"{path.name}.new"]
        if path.exists():
            # A commit begins on a page; the torn one is the last.
            end = end_of_data(path)
            for offset in range(end - end % 4096, max(0, end - 65536), -4096):
                found.append(f"{path.name}.torn-{offset}.new")
    return found
