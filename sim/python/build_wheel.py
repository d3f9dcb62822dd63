"""Builds the package for pip (PEP 517) from what is installed: CMake makes and installs it, this puts it into a wheel.

It needs nothing but Python's own library, so that `pip install .` works without a network.
"""

import base64
import hashlib
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
FIRST_OF_ZIP = 315_619_200  # 2 January 1980: a zip file knows no day before 1980


def _project():
    return tomllib.loads((SOURCE / "pyproject.toml").read_text())["project"]


def _metadata(project):
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {project['name']}",
        f"Version: {project['version']}",
        f"Summary: {project['description']}",
        f"License: {project['license']['text']}",
        f"Requires-Python: {project['requires-python']}",
        *(f"Requires-Dist: {needed}" for needed in project["dependencies"]),
    ]
    for extra, needs in project["optional-dependencies"].items():
        lines += [f"Provides-Extra: {extra}", *(f'Requires-Dist: {needed}; extra == "{extra}"' for needed in needs)]
    return "\n".join(lines) + "\n"


def _made(folder, more):
    """CMake's own installation of the package. more: variables of CMake, as of `pip install . --config-settings NAME=VALUE`."""
    if os.environ.get("COALIS_MADE"):  # scripts/package has it already
        return Path(os.environ["COALIS_MADE"])
    options = {"CMAKE_BUILD_TYPE": "Release", "COALIS_TESTS": "OFF", "COALIS_MODULE": "ON", "COALIS_PYTHON": sys.executable}
    options["COALIS_PYTHON_FOLDER"] = "python"
    build = os.environ.get("COALIS_BUILD") or os.path.join(folder, "build")
    defined = [word for name, value in {**options, **(more or {})}.items() for word in ("-D", f"{name}={value}")]
    ninja = ["-G", "Ninja"] if subprocess.run(["ninja", "--version"], capture_output=True).returncode == 0 else []
    subprocess.run(["cmake", "-S", str(SOURCE), "-B", build, *ninja, *defined], check=True)
    subprocess.run(["cmake", "--build", build, "--target", "coalis_python", "--parallel", str(os.cpu_count() or 1)], check=True)
    installed = os.path.join(folder, "installed")
    subprocess.run(["cmake", "--install", build, "--prefix", installed, "--component", "python"], check=True)
    return Path(installed) / "python"


def _tag():
    version = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{version}-{version}-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def _about(project):
    """The files that say what the wheel is, by name."""
    wheel = f"Wheel-Version: 1.0\nGenerator: coalis\nRoot-Is-Purelib: false\nTag: {_tag()}\n"
    return {"METADATA": _metadata(project), "WHEEL": wheel}


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """Asked first, and without it pip would compile everything to learn the name."""
    project = _project()
    name = f"{project['name']}-{project['version']}.dist-info"
    folder = Path(metadata_directory) / name
    folder.mkdir()
    for file, text in _about(project).items():
        (folder / file).write_text(text)
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = _project()
    name = f"{project['name']}-{project['version']}"
    about = f"{name}.dist-info"
    record = []
    tag = _tag()
    path = Path(wheel_directory) / f"{name}-{tag}.whl"
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:

        def put(place, content):
            entry = zipfile.ZipInfo(place, time.gmtime(max(FIRST_OF_ZIP, int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))))[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            wheel.writestr(entry, content)

        def add(place, content):
            put(place, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{place},sha256={digest},{len(content)}")

        made = _made(folder, config_settings)
        for file in sorted(made.rglob("*")):
            if file.is_file():
                add(file.relative_to(made).as_posix(), file.read_bytes())
        for file, text in _about(project).items():
            add(f"{about}/{file}", text.encode())
        put(f"{about}/RECORD", "\n".join([*record, f"{about}/RECORD,,"]) + "\n")
    return path.name
