"""docs/tutorials/own-files.md: its commands, in their order, on the files that are shipped; what they are said to give; how long they took."""
import os
import re
import subprocess
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ["COALIS_PROGRAM"])
PAGE = (SOURCE / "docs" / "tutorials" / "own-files.md").read_text(encoding="utf-8")


def test_four_messy_files_become_an_answer(tmp_path):
    (tmp_path / "docs").symlink_to(SOURCE / "docs")
    environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"}
    said, begin = [], time.monotonic()
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S):
        for command in block.splitlines():
            done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300)
            said.append((command, done.returncode, done.stdout + done.stderr))
    print(f"{len(said)} commands in {time.monotonic() - begin:.1f} s")
    assert [code for _, code, _ in said] == [2] + [0] * (len(said) - 1), said
    texts = [" ".join(text.split()) for _, _, text in said]
    assert "2 questions are open" in texts[0] and "--scale" in texts[0] and "--guests" in texts[0]
    assert "members.xlsx: Members: roster, 29 rows used" in texts[1] and "members.xlsx: Old list: hidden" in texts[1]
    ours = tmp_path / "ours"
    members = (ours / "members.csv").read_text(encoding="utf-8")
    assert len(members.splitlines()) == 1 + 28 and "Feild" not in members
    assert (ours / "guests.csv").read_text(encoding="utf-8") == "name,meetings,trainings,outreach,works with\nRotary Club of Adams,2,0,0,\n"
    assert len((ours / "ours-attendance.csv").read_text(encoding="utf-8").splitlines()[0].split(",")) == 1 + 12
    assert "In words" in texts[5] and "What to collect next" in texts[5]
    assert "a full post" in texts[6] and "engaged" in texts[6]
    assert "beta-binomial" in texts[7].lower()


def test_no_person_of_the_files_is_in_what_is_written(tmp_path):
    done = subprocess.run([PROGRAM, "import", SOURCE / "docs" / "tutorials" / "own-files", "-o", "ours", "--assume"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    written = done.stdout + "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "ours").glob("*"))
    for word in ("Quill", "Thorne", "Yardley", "Zeller", "Crane", "Visitor", "gmail", "198.51.100", "555-01"):
        assert word not in written, word
