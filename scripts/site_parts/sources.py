"""What the site is made of, all as Markdown: the pages of the repository, its notebooks, and the reference of the Python package."""
import base64
import json
from pathlib import Path

from . import python_reference

REFERENCE = "docs/python-reference.md"  # made here; there is no such file


class Sources:
    """`pages`: Markdown by path in the repository; `files`: contents of the pictures that notebooks hold, by path."""

    def __init__(self):
        self.pages, self.files = {}, {}


def fenced(kind, text):
    return f"````{kind}\n{text.rstrip()}\n````\n"


def of_output(output, picture):
    """A cell's output as Markdown; `picture(base64)` keeps one and gives its name."""
    data = output.get("data", {})
    if "image/png" in data:
        return f"![The figure that the code above draws]({picture(data['image/png'])})\n"
    text = "".join(output.get("text", data.get("text/plain", output.get("traceback", []))))
    return fenced("text", text) if text.strip() else ""


def of_notebook(path, sources):
    """The notebook as Markdown: its text, its code, what that printed and drew."""
    name, parts = str(path), []

    def picture(encoded):
        file = f"{Path(name).stem}-{sum(made.startswith(name[:-len('.ipynb')]) for made in sources.files) + 1}.png"
        sources.files[f"{Path(name).parent}/{file}"] = base64.b64decode("".join(encoded))
        return file

    for cell in json.loads((sources.root / path).read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(text)
        elif text.strip():
            parts.append(fenced("python", text))
            parts += [of_output(output, picture) for output in cell.get("outputs", [])]
    return "\n\n".join(parts)


def all_of(root):
    sources = Sources()
    sources.root = root
    for path in [*sorted(root.glob("docs/**/*.md")), root / "README.md", root / "CHANGELOG.md", root / "analysis" / "README.md"]:
        sources.pages[str(path.relative_to(root))] = path.read_text(encoding="utf-8")
    for path in sorted(root.glob("analysis/notebooks/*.ipynb")):
        name = path.relative_to(root)
        sources.pages[str(name)] = of_notebook(name, sources)
    sources.pages[REFERENCE] = python_reference.markdown(root / "analysis" / "coalis")
    return sources
