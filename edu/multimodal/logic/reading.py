"""From a file to what stands in it, by whichever format reads it."""

from pathlib import Path

from edu.common.language import detect
from edu.multimodal.data import Block, Chunk, Document


def read(path: Path) -> Document:
    """Return what stands in a plain text file, paragraph by paragraph."""
    paragraphs = [part.strip() for part in path.read_text("utf-8", "replace").split("\n\n")]
    return Document(
        blocks=[
            Block("text", text, {"kind": "section", "path": [], "paragraph": number})
            for number, text in enumerate(paragraphs, 1)
            if text
        ]
    )


def chunks(document: Document) -> list[Chunk]:
    """Return the passages of a document."""
    language = detect(" ".join(block.text for block in document.blocks)[:4000])
    return [Chunk(block.text, block.locator, [], language, block.kind) for block in document.blocks]
