"""How easily a text is read: Flesch's index, by `style` of the package diction."""
import re
import subprocess


def flesch(paragraphs):
    said = subprocess.run(["style"], input="\n\n".join(paragraphs), capture_output=True, text=True, check=True, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    return float(re.search(r"Flesch Index: *(-?[\d.]+)", said.stdout)[1])
