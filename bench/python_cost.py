#!/usr/bin/python3
"""What asking from Python costs beside the program (docs/performance.md): PYTHONPATH=build/ci/python bench/python_cost.py [PROGRAM]

Each figure is the least of several, for what else the machine does only adds. On a busy machine compare CPU seconds.
"""
import os
import resource
import signal
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else ROOT / "build/ci/coalis"
ILLINOIS = ROOT / "scenarios/illinois.toml"


def least(call, times):
    """Wall and CPU seconds, own and of ended children: the least of each."""

    def used():
        both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in both)

    walls, cpus = [], []
    for _ in range(times):
        wall, cpu = time.perf_counter(), used()
        call()
        walls.append(time.perf_counter() - wall)
        cpus.append(used() - cpu)
    return min(walls), min(cpus)


def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def main():
    imported = least(lambda: subprocess.run([sys.executable, "-c", "import coalis"], check=True), 5)
    bare = least(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    print(f"import coalis: {imported[0] - bare[0]:.3f} s beyond Python itself")
    import coalis

    scenario = coalis.Scenario(ILLINOIS)
    scenario.run(10)

    def many(replicates, calls, **options):
        def call():
            for _ in range(calls):
                scenario.run(replicates, **options)

        return [seconds / calls * 1e3 for seconds in least(call, 7)]

    one, more = many(1, 200), many(41, 10, threads=1)
    engine = [(b - a) / 40 for a, b in zip(many(1, 200, threads=1), more)]
    print(f"run(1): {one[0]:.3f} ms (CPU {one[1]:.3f}); a replicate of the engine {engine[0]:.3f} (CPU {engine[1]:.3f}); "
          f"beyond it {one[0] - engine[0]:.3f} (CPU {one[1] - engine[1]:.3f})")  # fmt: skip

    command = [PROGRAM, "run", ILLINOIS, "--replicates", "10000", "--no-file", "--quiet"]
    program = least(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), 7)
    python = least(lambda: scenario.run(10_000, record="outcomes"), 7)
    print(f"10,000 replicates: program {program[0]:.3f} s (CPU {program[1]:.3f}), Python {python[0]:.3f} (CPU {python[1]:.3f}): "
          f"{100 * (python[0] / program[0] - 1):+.1f} % (CPU {100 * (python[1] / program[1] - 1):+.1f} %)")  # fmt: skip

    for threads in (1, 0):
        for _ in range(200):
            scenario.run(2, threads=threads)
        before = memory()
        for _ in range(1000):
            scenario.run(2, threads=threads)
        print(f"memory after 1,000 calls more, threads={threads}: {(memory() - before) / 1e3:+.0f} kB")

    waits = []
    for k in range(8):
        fired = []
        timer = threading.Timer(0.3 + 0.1 * k, lambda: (fired.append(time.perf_counter()), os.kill(os.getpid(), signal.SIGINT)))
        timer.start()
        try:
            scenario.run(5_000_000, record="outcomes")
        except KeyboardInterrupt:
            waits.append(time.perf_counter() - fired[0])
    print(f"Ctrl-C: {statistics.median(waits):.3f} s, at most {max(waits):.3f}")


if __name__ == "__main__":
    main()
