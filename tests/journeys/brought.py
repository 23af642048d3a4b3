"""What the person of the journeys brings: a short paper on bees, a photo, a spoken question."""

import subprocess
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

CHAPTERS = [
    (
        "The colony",
        [
            "A honeybee colony in summer holds one queen, about 50 000 workers and a few hundred drones. "
            "The queen is the only female that lays fertilised eggs, up to 2000 in a day.",
            "Workers are females that do not breed. A worker bee lives about six weeks in summer and up "
            "to six months in winter. Drones are males, and their only task is to mate with a queen of "
            "another colony.",
            "A worker changes her task with her age. In her first days she cleans cells, then she feeds "
            "larvae, builds comb, guards the entrance, and after about three weeks she becomes a forager.",
        ],
    ),
    (
        "The dance",
        [
            "The waggle dance is a movement by which a forager tells other bees where food is. Karl von "
            "Frisch explained it in 1946 and received the Nobel Prize for this work in 1973.",
            "The angle of the waggle run to the vertical shows the direction of the food relative to the "
            "sun. The length of the waggle run shows the distance: one second stands for about one "
            "kilometre.",
            "When the food is nearer than about 50 metres, the bee does a round dance instead, which tells "
            "that food is near but not where.",
        ],
    ),
    (
        "Honey",
        [
            "Nectar is a sugary liquid that flowers make, and it holds up to 80 percent water. Foragers "
            "carry it home in their honey stomach, where the enzyme invertase splits sucrose into glucose "
            "and fructose.",
            "In the hive the bees fan the nectar with their wings until it holds less than 20 percent "
            "water. Then they seal the cell with a cap of wax. Honey keeps for years because it holds so "
            "little water that microbes cannot grow in it.",
        ],
    ),
    (
        "Winter",
        [
            "Bees do not sleep through the winter. The winter cluster is a ball of bees that keeps its "
            "centre at about 20 degrees Celsius by trembling of the flight muscles. The bees on the "
            "outside and those in the middle change places.",
            "A colony needs about 15 kilograms of honey to reach spring. The Varroa mite is a parasite "
            "that feeds on the fat body of bees and carries viruses; it is the main reason why colonies "
            "die in winter.",
        ],
    ),
]


def words() -> str:
    """Return all the words of the paper with single spaces."""
    return " ".join(" ".join([title, *paragraphs]) for title, paragraphs in CHAPTERS)


def paper(place: Path) -> Path:
    """Write the paper as a PDF of four pages."""
    styles = getSampleStyleSheet()
    story: list = [Paragraph("The honeybee", styles["Title"])]
    for number, (title, paragraphs) in enumerate(CHAPTERS):
        story += [Paragraph(title, styles["Heading1"])]
        story += [
            each
            for text in paragraphs
            for each in (Paragraph(text, styles["BodyText"]), Spacer(1, 6))
        ]
        if number < len(CHAPTERS) - 1:
            story.append(PageBreak())
    SimpleDocTemplate(str(place), pagesize=A4, title="The honeybee").build(story)
    return place


def photo(place: Path, text: str) -> Path:
    """Write a picture of one printed line."""
    picture = Image.new("RGB", (1100, 260), "white")
    font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", 40)
    ImageDraw.Draw(picture).text((50, 100), text, fill="black", font=font)
    picture.save(place)
    return place


def recording(place: Path, text: str) -> Path:
    """Write `text` as speech."""
    subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", str(place)], check=True)
    return place
