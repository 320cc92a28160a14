"""Pages of the site that stand elsewhere in the repository: their links are made to fit."""

import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGES = {"index.md": "README.md", "contributing.md": "CONTRIBUTING.md", "architecture.md": "ARCHITECTURE.md"}
PAGES |= {"changelog.md": "CHANGELOG.md"}
"""Pages, and the files of the repository that they show."""
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)#]*)(#[^)]*)?\)")


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return the text of a page; links that lead out of the site become words."""
    name = page.file.src_uri
    if name in PAGES:
        markdown = (ROOT / PAGES[name]).read_text(encoding="utf-8")
    folder = (ROOT if name in PAGES else ROOT / "docs" / name).parent if name not in PAGES else ROOT
    return LINK.sub(lambda link: _fitting(link, folder, name), markdown)


def _fitting(link: re.Match[str], folder: Path, name: str) -> str:
    image, words, target, place = link.groups(default="")
    if not target or "://" in target or target.startswith("mailto:"):
        return link.group()
    file = (folder / target).resolve()
    file = file / "README.md" if (file / "README.md").is_file() else file
    shown = {(ROOT / source).resolve(): page for page, source in PAGES.items()}
    up = "../" * name.count("/")
    if file in shown:
        return f"{image}[{words}]({up}{shown[file]}{place})"
    if file.is_relative_to(ROOT / "docs") and file.is_file():
        return f"{image}[{words}]({up}{file.relative_to(ROOT / 'docs')}{place})"
    return words
