"""The package as pip installs it (sim/python/build_wheel.py), from what CMake has built."""

import os
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from conftest import SOURCE

BUILD = Path(os.environ["COALIS_PACKAGE"]).parent


def test_a_wheel_is_installed_without_a_network(tmp_path, monkeypatch):
    sys.path.insert(0, str(SOURCE / "sim/python"))
    import build_wheel

    subprocess.run(["cmake", "--install", BUILD, "--prefix", tmp_path / "made", "--component", "python"], check=True, stdout=subprocess.DEVNULL)
    package = next((tmp_path / "made").rglob("coalis/__init__.py")).parent
    monkeypatch.setattr(build_wheel, "_made", lambda folder, more: package.parent)
    name = build_wheel.build_wheel(str(tmp_path))
    assert name.startswith("coalis-") and name.endswith(".whl")
    about = tmp_path / build_wheel.prepare_metadata_for_build_wheel(str(tmp_path))
    with zipfile.ZipFile(tmp_path / name) as wheel:
        names = wheel.namelist()
        assert {"coalis/scenario.py", "coalis/py.typed", "coalis/_coalis.pyi"} <= set(names)
        assert "Requires-Dist: xarray\n" in (about / "METADATA").read_text()
        for file in ("METADATA", "WHEEL"):  # known without compiling
            assert wheel.read(f"{about.name}/{file}").decode() == (about / file).read_text()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--prefix", tmp_path / "there", tmp_path / name]
    subprocess.run(install, check=True, env={**os.environ, "PIP_BREAK_SYSTEM_PACKAGES": "1", "PIP_ROOT_USER_ACTION": "ignore"})
    (there,) = (tmp_path / "there").rglob("coalis/__init__.py")
    assert there.is_relative_to(tmp_path / "there/local/lib") or not Path("/etc/debian_version").exists()  # as docs/python.md has it
    code = "import coalis; print(coalis.__file__, coalis.run('scenarios/illinois.toml', 3).replicates)"
    environment = {**os.environ, "PYTHONPATH": str(there.parents[1])}
    said = subprocess.run([sys.executable, "-c", code], cwd=SOURCE, capture_output=True, text=True, check=True, env=environment).stdout
    assert said.split() == [str(there), "3"]


def test_what_it_depends_on_is_what_pip_finds():
    """Under the versions that Debian gives its packages."""
    sys.path.insert(0, str(SOURCE / "sim/python"))
    import build_wheel
    from pip._vendor.packaging.requirements import Requirement

    for needed in map(Requirement, build_wheel._project()["dependencies"]):
        assert needed.specifier.contains(version(needed.name)), needed
