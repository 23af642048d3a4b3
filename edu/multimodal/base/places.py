"""Places in files without pages: the path of headings, and the number of the paragraph under it."""

from edu.common.sources import Locator


class Places:
    """Keeps the path while a file is read from its beginning to its end."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._paragraph = 0

    def heading(self, text: str, level: int) -> Locator:
        """Begin a section; return the place of its heading."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, text[:200]))
        self._paragraph = 0
        return self.here()

    def paragraph(self) -> Locator:
        """Return the place of the next paragraph."""
        self._paragraph += 1
        return self.here()

    def here(self) -> Locator:
        """Return the place of the last heading or paragraph."""
        path = [text for _level, text in self._path]
        return {"kind": "section", "path": path, "paragraph": self._paragraph}
