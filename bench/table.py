#!/usr/bin/env python3
"""Prints what Google Benchmark wrote as the tables of docs/performance.md.

    bench/table.py RESULTS.json                 prints them
    bench/table.py RESULTS.json --write FILE    and puts them between FILE's lines `<!-- begin NAME -->` and `<!-- end NAME -->`,
                                                NAME one of benchmarks, shares, writing

Every figure is the median over repetitions, which ran interleaved. Times are CPU time of all threads together; only speed-up and
the times of writing are wall time.
"""
import argparse
import json
import re
import statistics
import sys
from collections import defaultdict
from pathlib import Path

SUFFIX = re.compile(r"/(iterations|min_time|process_time|real_time|repeats|manual_time)\b.*$")
KNOWN = {"name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions", "repetition_index", "threads",
         "iterations", "real_time", "cpu_time", "time_unit"}


class Case:
    """The repetitions of one benchmark; times in nanoseconds an iteration."""

    def __init__(self, entries):
        self.cpu = statistics.median(entry["cpu_time"] for entry in entries)
        self.wall = statistics.median(entry["real_time"] for entry in entries)
        self.cpu_range = min(entry["cpu_time"] for entry in entries), max(entry["cpu_time"] for entry in entries)
        self.counters = {key: statistics.median(entry[key] for entry in entries) for key in entries[0] if key not in KNOWN}
        self.repetitions = len(entries)

    @property
    def each(self):
        """CPU time an organisation-month."""
        return self.cpu / self.counters["organisation_months"]


def read(path):
    """{(group, what, instruction set, threads): Case}, in the order in which the program lists them."""
    results = json.loads(path.read_text(encoding="utf-8"))
    entries = defaultdict(list)
    for entry in results["benchmarks"]:
        if entry["run_type"] != "iteration":
            continue
        if entry.get("error_occurred"):
            sys.exit(f"{entry['name']}: {entry['error_message']}")
        assert entry["time_unit"] == "ns"
        entries[entry["family_index"]].append(entry)
    cases = {}
    for _, repeated in sorted(entries.items()):
        group, what, isa, threads = SUFFIX.sub("", repeated[0]["run_name"]).split("/")
        cases[group, what, isa, int(threads)] = Case(repeated)
    return results["context"], cases


def table(header, rows):
    """Markdown that is also readable as text: first column to the left, figures to the right."""
    widths = [max(len(str(row[column])) for row in [header, *rows]) for column in range(len(header))]

    def line(cells):
        return "| " + " | ".join(str(cell).rjust(width) if column else str(cell).ljust(width)
                                 for column, (cell, width) in enumerate(zip(cells, widths))) + " |"

    rule = "|" + "|".join("-" * (width + 1) + (":" if column else "-") for column, width in enumerate(widths)) + "|"
    return "\n".join([line(header), rule, *map(line, rows)])


def benchmarks(context, cases):
    calibration = cases["calibration", "multiply-add", "any", 1]
    step = calibration.cpu / calibration.counters["steps"]
    low, high = (time / calibration.counters["steps"] for time in calibration.cpu_range)
    best = context["instruction_set"]
    parts = defaultdict(dict)  # by instruction set: the three parts of the floor
    for (group, what, isa, _), case in cases.items():
        if group == "floor":
            parts[isa][what] = case
    floor = {isa: sum(case.each for case in three.values()) for isa, three in parts.items()}
    floor["best"] = floor[best]

    def row(name, each, isa, case=None, speed_up=""):
        size = case.counters.get("bytes") if case else None
        return [name, f"{1000 / each:.1f}", f"{each:.2f}", f"{each / floor[isa]:.1f}", f"{each / step:.1f}",
                f"{size:.0f}" if size else "", speed_up]

    rows = []
    for isa, three in parts.items():
        rows.append(row(f"floor, {isa}", floor[isa], isa))
        if isa == best:
            rows += [row(f"  of it {what}", case.each, isa) for what, case in three.items()]
    rows += [row(f"memory read and written, {what}", case.each, isa, case)
             for (group, what, isa, _), case in cases.items() if group == "memory"]
    for (group, what, isa, threads), case in cases.items():
        if group != "world" or threads != 1:
            continue
        two = cases.get((group, what, isa, 2))
        rows.append(row(f"{what}, {isa}" if isa != "best" else what, case.each, isa, case,
                        f"{case.wall / two.wall:.2f}" if two else ""))
    best_parts = parts[best]
    return "\n".join([
        table(["case", "million a CPU second", "ns each", "of floor", "steps", "bytes an organisation", "two threads"], rows), "",
        "Million organisation-months a CPU second; ns an organisation-month; multiple of the floor of the same instruction set;",
        "multiple of a step of the calibration (four cycles); bytes of the state, an organisation; speed-up of two threads (wall time).",
        f"A step took {step:.3f} ns ({low:.3f} to {high:.3f}), that is {4 / step:.2f} GHz. "
        f"Medians of {calibration.repetitions} interleaved repetitions.",
        f"Counted for the floor, an organisation-month of the baseline: {best_parts['draws'].counters['each']:.2f} Philox blocks, "
        f"{best_parts['exponentials'].counters['each']:.2f} exponentials",
        f"and logarithms, {best_parts['arrays'].counters['each']:.0f} array elements read and written.",
    ])


def shares(_, cases):
    worlds = {what: case for (group, what, _, _), case in cases.items() if group == "shares"}
    names = sorted(key for key in next(iter(worlds.values())).counters if key.startswith("part "))
    totals = {what: sum(case.counters[name] for name in names) for what, case in worlds.items()}
    header = ["part of a run"]
    for what in worlds:
        header += [f"{what}: ns", "share"]
    rows = []
    for name in names:
        rows.append([name.split(" ", 2)[2]])
        for what, case in worlds.items():
            rows[-1] += [f"{case.counters[name]:.2f}", f"{100 * case.counters[name] / totals[what]:.0f} %"]
    rows.append(["sum"])
    for what in worlds:
        rows[-1] += [f"{totals[what]:.2f}", ""]
    return table(header, rows)


def writing(_, cases):
    found = {what: case for (group, what, _, _), case in cases.items() if group == "writing"}
    rows = []
    for name in dict.fromkeys(what.split(", ")[0] for what in found):
        none, file = found[f"{name}, none"], found[f"{name}, file"]
        rows.append([name, f"{file.counters['replicates']:.0f}", f"{file.counters['file_bytes'] / 1e6:.1f}",
                     f"{none.wall / 1e9:.3f}", f"{file.wall / 1e9:.3f}", f"{100 * (1 - none.wall / file.wall):.0f} %",
                     f"{100 * (1 - none.cpu / file.cpu):.0f} %"])
    return table(["recorded", "runs", "file, MB", "s without file", "s with file", "writing, of wall time", "of CPU time"], rows)


def write(path, blocks):
    document = path.read_text(encoding="utf-8")
    for name, text in blocks.items():
        block = re.compile(rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)", re.DOTALL)
        if len(block.findall(document)) != 1:
            sys.exit(f"table.py: {path} must have one block {name}")
        document = block.sub(lambda match: f"{match[1]}\n{text}\n\n{match[2]}", document)
    path.write_text(document, encoding="utf-8")
    print(f"{path} renewed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--write", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    context, cases = read(arguments.results)
    blocks = {make.__name__: make(context, cases) for make in (benchmarks, shares, writing)}
    print("\n\n".join(blocks.values()))
    if arguments.write:
        write(arguments.write, blocks)


if __name__ == "__main__":
    main()
