"""Source code: what it defines are its sections; comments that explain are text, the rest is code."""

from pathlib import Path

from edu.common.text import gettext_noop as _
from edu.multimodal.base import Format, Limits, Progress, tidy, tidy_lines
from edu.multimodal.base.comments import parts
from edu.multimodal.base.places import Places
from edu.multimodal.base.plain import text_of
from edu.multimodal.data import READING_TEXT, Block, Document


class Code(Format):
    """See the module."""

    name = "code"
    label = "source code"
    called = _("Source code")
    family = "text"
    media_types = ("text/x-source",)
    extensions = (
        *(
            "py",
            "pyi",
            "js",
            "mjs",
            "cjs",
            "jsx",
            "ts",
            "tsx",
            "java",
            "kt",
            "kts",
            "scala",
            "groovy",
        ),
        *(
            "c",
            "h",
            "cc",
            "cpp",
            "cxx",
            "hpp",
            "hh",
            "cs",
            "go",
            "rs",
            "swift",
            "m",
            "mm",
            "d",
            "zig",
        ),
        *(
            "dart",
            "php",
            "rb",
            "pl",
            "pm",
            "lua",
            "r",
            "jl",
            "sql",
            "sh",
            "bash",
            "zsh",
            "fish",
            "ps1",
        ),
        *(
            "bat",
            "cmd",
            "hs",
            "ml",
            "mli",
            "fs",
            "fsx",
            "elm",
            "ex",
            "exs",
            "erl",
            "hrl",
            "clj",
            "cljs",
        ),
        *(
            "lisp",
            "el",
            "scm",
            "rkt",
            "pas",
            "pp",
            "dpr",
            "ada",
            "adb",
            "f",
            "f90",
            "f95",
            "for",
            "vb",
        ),
        *(
            "vbs",
            "bas",
            "asm",
            "s",
            "v",
            "sv",
            "vhd",
            "vhdl",
            "tcl",
            "nim",
            "cr",
            "sol",
            "css",
            "scss",
        ),
        *(
            "less",
            "vue",
            "svelte",
            "proto",
            "graphql",
            "tf",
            "cmake",
            "mk",
            "gradle",
            "pro",
            "awk",
            "sas",
        ),
    )
    score = 10

    def claims(self, text: str, ending: str) -> bool:
        """By its name, or by the line that says which program runs it."""
        return ending in self.extensions or (text.startswith("#!/") and "\n" in text[:200])

    def read(self, path: Path, work: Path, limits: Limits, progress: Progress) -> Document:
        """Read definitions, comments and code; see Format.read."""
        progress(0.0, READING_TEXT)
        places = Places()
        blocks: list[Block] = []
        for part in parts(text_of(path, limits)):
            if part.name:
                level = min(6, part.depth)
                where = places.heading(tidy(part.name), level)
                blocks.append(
                    Block("heading", tidy(part.name), {**where, "line": part.line}, level)
                )
                continue
            text = tidy(part.text) if part.comment else tidy_lines(part.text)
            if text:
                kind = "text" if part.comment else "code"
                where = {**places.paragraph(), "line": part.line}
                blocks.append(Block(kind, text, where))
        return Document("", blocks)
