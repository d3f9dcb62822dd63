"""Makes a page of every kind with a program: small ones, of the shipped scenarios and of others that are hard to tell in words.

    python3 tests/support/pages_of_every_kind.py PROGRAM FOLDER
"""
import subprocess
import sys
from pathlib import Path

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
QUESTION = "For the same money: does one centre in Chicago, or do three regional hubs, keep more organisations engaged?"

# Changes during the run, parameters, a hub and levers: what has keys in its file and is to be told without them.
LATER = """format = "scenario"
version = 2
include = "{root}/illinois.toml"
name = "Illinois, more staff later"
[parameters]
tie_prob = 0.2
[levers]
joint_grants = 0.5
[[hubs]]
name = "South"
seat = "South"
serves = ["South"]
fte = 0.25
[[series]]
name = "meetings"
per_year = 12
[[interventions]]
set = "hubs.Chicago.fte"
value = 1.2
from = "2006-01"
[[interventions]]
set = "levers.information"
value = 2.0
from = "2006-06"
until = "2007-01"
ramp = 3
"""
STUDY = """format = "study"
version = 1
name = "Staff and meetings"
question = "How many are engaged with more staff, or with more meetings?"
scenarios = ["{root}/illinois.toml"]
replicates = 10
outcomes = ["engaged", "goal_attainment", "planned_cost"]
[design]
kind = "full_factorial"
[[factors]]
path = "hubs.Chicago.fte"
values = [0.35, 0.5, 1.0]
[[factors]]
name = "meetings_per_year"
path = ["series.meetings.per_year", 'series."meetings of the first year".per_year']
values = [2, 6, 12]
"""
ANSWER = """
[answer]
text = "More staff {staff: brings more | brings fewer | makes no clear difference}: {staff} with six meetings a year. Most come with {most} of them."
[[answer.figures]]
name = "staff"
figure = "difference"
outcome = "engaged"
percent = true
at = { "hubs.Chicago.fte" = 1.0, meetings_per_year = 6 }
from = { "hubs.Chicago.fte" = 0.35 }
[[answer.figures]]
name = "most"
figure = "best"
outcome = "engaged"
at = { "hubs.Chicago.fte" = 0.35 }
along = "meetings_per_year"
"""
RULES = """format = "study"
version = 1
name = "Rules and staff"
question = "Does more staff help whatever commitment is?"
scenarios = ["{root}/illinois.toml", "{root}/illinois-three-hubs.toml"]
replicates = 6
outcomes = ["never_attended", "planned_cost"]
[design]
kind = "full_factorial"
[[factors]]
path = "structure.engagement"
switch = true
[[factors]]
path = "levers.information"
values = [1, 3]
"""
SENSITIVITY = """format = "sensitivity"
version = 1
name = "What engagement hangs on"
question = "What does engagement hang on?"
scenarios = ["{root}/illinois.toml", "{root}/illinois-full-time-leader.toml"]
outcomes = ["engaged"]
replicates = 2
resamples = 100
[morris]
trajectories = 20
[sobol]
points = 16
[[factors]]
path = "parameters.beta_mission"
range = [1, 5]
[[factors]]
path = "kinds.meeting.base"
range = [-1, 1]
[[factors]]
path = "hubs.Chicago.fte"
range = [0.2, 1]
"""
ROSTER = """Organization,Sector,Field,County,Member since
Legal Aid Society,Nonprofit,legal,Adams,2024-01-05
Adams County Police,Government,police,Adams,2023-11-20
Clay Shelter,Nonprofit,shelter,Clay,2024-01-20
Total,3,,,
"""
ATTENDANCE = """Organization,1/9/2024,2/13/2024,3/12/2024,5/14/2024
Legal Aid Society,x,x,,x
Clay Shelter,,x,x,
Adams Police,x,,,
"""
SHEETS = [[int((i * 7 + k * k * 3 + i * k) % 5 < i % 4 + 1) for k in range(7)] for i in range(85)]


def make(program, folder):
    """The pages by name."""
    folder = Path(folder)

    def coalis(*arguments):
        done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, cwd=folder, timeout=300)
        assert done.returncode == 0, (arguments, done.stderr)

    for name, text in (("later", LATER), ("study", STUDY), ("answered", STUDY + ANSWER), ("rules", RULES), ("sensitivity", SENSITIVITY)):
        (folder / f"{name}.toml").write_text(text.replace("{root}", str(SCENARIOS)), encoding="utf-8")
    a, b = SCENARIOS / "illinois.toml", SCENARIOS / "illinois-three-hubs.toml"
    coalis("compare", a, b, "--equal-budget", "fte", "--structures", "engagement", "--parameters", SCENARIOS / "posterior/mixture.csv",
           "--draws", 10, "--replicates", 60, "--outcomes", "engaged", "--quiet", "-o", "compared.h5")
    coalis("report", "compared.h5", "-o", "hubs.html", "--question", QUESTION, "--fit", SCENARIOS / "posterior/mixture.check.json")
    coalis("compare", a, "later.toml", b, "--replicates", 12, "--outcomes", "engaged", "--quiet", "-o", "later.h5")
    coalis("report", "later.h5", "-o", "later.html")
    coalis("report", "later.h5", "-o", "members.html", "--on", "never_attended")
    coalis("compare", a, "--with", "full-time leader", "--budget", 60000, "--from-month", "2007-07", "--replicates", 12, "--quiet", "-o", "budget.h5")
    coalis("report", "budget.h5", "-o", "budget.html")
    for study in ("study", "answered", "rules"):
        coalis("study", "run", f"{study}.toml", "--quiet")
        coalis("report", f"{study}.toml", "-o", f"{study}.html")
    coalis("best", a, "--budget", 60000, "--points", 8, "--replicates", 40, "--quiet", "-o", "best.json")
    coalis("report", "best.json", "-o", "best.html")
    coalis("sensitivity", "sensitivity.toml", "--quiet", "-o", "sensitivity.json")
    coalis("report", "sensitivity.json", "-o", "sensitivity.html")
    coalis("report", *(SCENARIOS / f"posterior/{one}.check.json" for one in ("mixture", "trait", "reinforcement")), "-o", "fit.html")
    (folder / "tables").mkdir()
    (folder / "tables/members.csv").write_text(ROSTER, encoding="utf-8")
    (folder / "tables/attendance.csv").write_text(ATTENDANCE, encoding="utf-8")
    coalis("import", "tables", "-o", "imported", "--assume")
    (page,) = (folder / "imported").glob("*.html")
    page.rename(folder / "import.html")
    months = ",".join(f"2017-{month:02}" for month in range(1, 8))
    rows = "".join(f"Member {i},{','.join(map(str, row))}\n" for i, row in enumerate(SHEETS))
    (folder / "sheets.csv").write_text(f"organisation,{months}\n{rows}", encoding="utf-8")
    coalis("forecast", SCENARIOS / "sites/water-councils.toml", "--attendance", "sheets.csv", "--replicates", 200, "--quiet", "--page", "forecast.html")
    coalis("distinguish", SCENARIOS / "twins/as-it-is.toml", SCENARIOS / "twins/monthly-meetings.toml", "--candidate", "mixture", "--candidate", "trait",
           "--organisations", "25,50", "--months", "6,12", "--coalitions", "1,2", "--replicates", 60, "--quiet", "--page", "distinguish.html")
    return {path.stem: path for path in sorted(folder.glob("*.html"))}


if __name__ == "__main__":
    for page in make(str(Path(sys.argv[1]).resolve()), sys.argv[2]).values():
        print(page)
