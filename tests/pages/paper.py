"""Whether a printed page is one that people like to read: the answer and a picture on the first sheet, no sheet but the last a third empty, no
heading as the last line of one.

    python3 tests/pages/paper.py PAGE.pdf [MOST_SHEETS]
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def sheets(pdf):
    """Of each sheet: how far down it has ink (0 to 1), its grey rows."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "30", "-gray", pdf, f"{folder}/sheet"], check=True)
        for picture in sorted(Path(folder).glob("*.pgm")):
            data = picture.read_bytes()
            head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
            width, height = int(head[1]), int(head[2])
            rows = [data[head.end() + y * width:head.end() + (y + 1) * width] for y in range(height)]
            inked = [y for y, row in enumerate(rows) if min(row) < 160]
            yield (inked[-1] + 1) / height if inked else 0


def lines(pdf):
    """Of each sheet: its lines, each with the height of its letters, from top to bottom."""
    told = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    for page in told.split("<page ")[1:]:
        found = []
        for line in re.findall(r"<line [^>]*>.*?</line>", page, re.DOTALL):
            top, bottom = (float(re.search(rf'<line [^>]*{edge}="([\d.]+)"', line)[1]) for edge in ("yMin", "yMax"))
            found.append((bottom, bottom - top, " ".join(re.findall(r"<word [^>]*>(.*?)</word>", line))))
        yield sorted(found)


def main():
    pdf, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 12
    filled, texts = list(sheets(pdf)), list(lines(pdf))
    faults = [f"sheet {i + 1} of {len(filled)} is {100 * (1 - full):.0f} % empty" for i, full in enumerate(filled[:-1]) if full < 2 / 3]
    if len(filled) > most:
        faults.append(f"{len(filled)} sheets, more than {most}")
    first = " ".join(text for _, _, text in texts[0])
    for words in ("Evidence: ", "How sure is that?", "Source: "):  # the line below the answer, what follows it, the foot of its picture
        if words not in first:
            faults.append(f"the first sheet does not have '{words}'")
    common = sorted(height for page in texts for _, height, _ in page)[sum(map(len, texts)) // 2]
    for i, page in enumerate(texts[:-1]):
        if page and page[-1][1] > 1.25 * common:
            faults.append(f"sheet {i + 1} ends with a heading: {page[-1][2]}")
    for fault in faults:
        print(f"FAILED {Path(pdf).name}: {fault}")
    if not faults:
        print(f"ok     {Path(pdf).name}: {len(filled)} sheets, each filled to {', '.join(f'{100 * full:.0f}' for full in filled)} %")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
