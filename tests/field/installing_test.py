"""Man pages and completion of shells are what --help says: every command and option, in forms that man and bash read."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
ENVIRONMENT = {"PATH": f"{pathlib.Path(PROGRAM).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"}


def output(*words):
    answer = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    return answer.stdout


COMMANDS = output("help", "--list").splitlines()


def help_of(command):
    return output(*command.split()[1:], "--help")


def options_in(text):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text))


def shown_options(command):
    """Names at the beginning of the lines of --help."""
    lines = [line for line in help_of(command).splitlines() if re.match(r"  -", line)]
    return {name for line in lines for name in re.match(r"  ((?:-{1,2}[\w-]+,?)+)", line)[1].split(",")}


def test_every_command_is_listed():
    assert COMMANDS[0] == "coalis" and {"coalis run", "coalis study", "coalis study run", "coalis study merge", "coalis plan"} <= set(COMMANDS)
    assert "coalis help" not in COMMANDS  # help of the program does not have it either
    assert "coalis completion" in COMMANDS and re.search(r"^  completion +What a shell", help_of("coalis"), re.M) and len(COMMANDS) == len(set(COMMANDS)) > 25


def test_help_is_that_of_the_command():
    assert output("help", "study", "run") == help_of("coalis study run")
    assert output("help") == help_of("coalis")
    wrong = subprocess.run([PROGRAM, "help", "nothing"], capture_output=True, text=True)
    assert wrong.returncode == 2 and "there is no command 'coalis nothing'" in wrong.stderr


def rendered(page):
    """The page as man shows it, and its warnings."""
    shown = subprocess.run(["man", "--warnings", "-l", "-"], input=page, capture_output=True, text=True,
                           env=ENVIRONMENT | {"MANWIDTH": "500", "MAN_KEEP_FORMATTING": ""}, timeout=60)
    return shown.stdout, shown.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_man_page_has_all_options_and_no_warning(command):
    page = output("help", "--man", *command.split()[1:])
    text, warnings = rendered(page)
    assert warnings == ""
    assert shown_options(command) <= set(re.findall(r"(?<![\w-])--?[a-zA-Z][a-z-]*", text))
    if len(command.split()) < 3:
        for below in COMMANDS:
            if below.startswith(command + " ") and below.count(" ") == command.count(" ") + 1:
                assert re.search(rf"^\s+{below.split()[-1]}\s", text, re.M), below
    for part in ("NAME", "SYNOPSIS", "OPTIONS"):
        assert f".SH {part}\n" in page
    for example in re.findall(r"^  (coalis .*)$", help_of(command), re.M):
        assert example.strip() in text


def completed(script, *words):
    """What bash would offer for the last of the words."""
    line = " ".join(f"'{word}'" for word in words)
    command = f"source {script}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _coalis; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    answer = subprocess.run(["bash", "--norc", "-euc", command], capture_output=True, text=True, env=ENVIRONMENT)
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    return answer.stdout.split()


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    path = tmp_path_factory.mktemp("completion") / "coalis"
    path.write_text(output("completion", "bash"))
    return path


def test_bash_offers_commands_options_choices_and_files(script):
    assert {"run", "study", "compare"} <= set(completed(script, "coalis", ""))
    assert completed(script, "coalis", "comp") == ["compare", "completion"]
    assert set(completed(script, "coalis", "study", "")) >= {"run", "merge", "script"}
    assert completed(script, "coalis", "study", "run", "s.toml", "--on-error", "") == ["stop", "continue"]
    assert completed(script, "coalis", "study", "run", "s.toml", "--on-error", "c") == ["continue"]
    assert completed(script, "coalis", "run", "") == [] == completed(script, "coalis", "run", "scen")  # readline: files
    assert set(completed(script, "coalis", "completion", "")) >= {"bash", "zsh", "fish"} and completed(script, "coalis", "completion", "z") == ["zsh"]
    for command in COMMANDS:
        assert shown_options(command) <= set(completed(script, *command.split(), "-")), command
    asked = subprocess.run(["bash", "--norc", "-c", f"source {script}; complete -p coalis"], capture_output=True, text=True)
    assert asked.stdout.strip() == "complete -o default -F _coalis coalis"


def test_zsh_and_fish_have_every_command_and_option():
    zsh, fish = output("completion", "zsh"), output("completion", "fish")
    assert zsh.startswith("#compdef coalis\n") and re.search(r"\('coalis completion'\)\n    entries=\(\n      'bash:", zsh)
    assert "test (__coalis_command) = \\'coalis completion\\'' -f -a 'bash zsh fish'" in fish
    for command in COMMANDS:
        block = re.search(rf"^  \('{command}'\)\n    entries=\(\n(.*?)^    \)", zsh, re.M | re.S)[1]
        assert shown_options(command) <= {re.match(r"\s*'(-[^:]*):", line)[1] for line in block.splitlines() if re.match(r"\s*'-", line)}
        lines = [line for line in fish.splitlines() if f"test (__coalis_command) = \\'{command}\\'" in line]
        assert {name.removeprefix("--") for name in shown_options(command) if name.startswith("--")} == \
            {match[1] for line in lines if (match := re.search(r" -l ([\w-]+)", line))}
    for shell, check in (("zsh", ["-n"]), ("fish", ["--no-execute"])):  # where there are such shells
        if shutil.which(shell):
            assert subprocess.run([shell, *check, "/dev/stdin"], input=output("completion", shell), text=True).returncode == 0


def test_the_version_says_what_it_was_made_of():
    version = output("--version").strip()
    assert re.fullmatch(r"coalis \d+\.\d+\.\d+ \(model [^,]+, ([0-9a-f]{40}(\+changes)?|unknown), .+, instructions (v4|v3|v2|portable)\)", version)
    portable = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, env=ENVIRONMENT | {"COALIS_ISA": "portable"})
    assert portable.stdout.endswith("instructions portable)\n")
