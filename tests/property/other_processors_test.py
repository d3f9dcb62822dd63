"""What is inferred has the same bits on a processor without fused multiply-add.

The C library takes other ways through exp, log and pow there, with other last bits; a posterior would carry them on into every answer.
"""
import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ["COALIS_PROGRAM"]
SMALL = re.sub(r"draws = .*|prior_runs = .*", "", (ROOT / "scenarios/calibration/trait.toml").read_text()).replace(
    "../illinois.toml", str(ROOT / "scenarios/illinois.toml")).replace("[sampler]", "[sampler]\ndraws = 300\nprior_runs = 1500\nmost_generations = 4")

PLAIN = {**os.environ, "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"}
OF_LIBM = r"std::(exp2?|expm1|log(2|10|1p)?|pow|sinh?|cosh?|tanh?|a(sin|cos|tan)h?|atan2|cbrt|hypot|erfc?|[lt]gamma)\(|\.(exp|log|log1p|pow|tanh)\(\)"


def posterior(folder, environment):
    folder.mkdir()
    (folder / "small.toml").write_text(SMALL)
    run = subprocess.run([PROGRAM, "calibrate", "small.toml", "-o", "p.csv"], cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    return [line for line in (folder / "p.csv").read_text().splitlines() if not line.startswith(("# date", "# content"))]


def test_same_bits_without_fused_multiply_add(tmp_path):
    if " fma " not in pathlib.Path("/proc/cpuinfo").read_text(): pytest.skip("this processor has none, either")
    assert posterior(tmp_path / "a", os.environ) == posterior(tmp_path / "b", PLAIN)


def test_nothing_calls_the_c_library_for_a_value():
    """But for Student's quantile, which is rounded to eight decimals."""
    calls = [f"{file.relative_to(ROOT)}: {line.strip()}" for file in [*ROOT.glob("sim/**/*.[ch]pp"), *ROOT.glob("include/**/*.hpp")] if file.name != "intervals.cpp"
             for line in file.read_text().splitlines() if re.search(OF_LIBM, line)]
    assert not calls
