"""A coordinator's own tables, as messy as they are: what `coalis import` reads of each kind, as golden files (tests/golden/import/), and that no
name of a person, address, e-mail or IP address is in anything it writes.

To renew the texts after a change, run this test with COALIS_RENEW_GOLDEN=1 and read the difference. All names are invented.
"""
import html
import os
import re
import subprocess
from pathlib import Path

import pytest

PROGRAM = os.environ["COALIS_PROGRAM"]
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "import"

# Planted: none of these may be in an output.
PERSONAL = ["Zebulon", "Quackenbush", "Xiomara", "Thistlewood", "zebulon", "xiomara", "quackenbush", "thistlewood", "192.0.2.77", "555-0142",
            "47 Larkspur", "gmail", "Überschär", "uebers"]

ROSTER = "Organization,Sector,Field,County,Member since\n" + "".join(
    f"{name},{sector},{field},{county},{joined}\n" for name, sector, field, county, joined in [
        ("Legal Aid Society", "Nonprofit", "legal", "Adams", "2024-01-05"), ("Adams County Police", "Government", "police", "Adams", "2023-11-20"),
        ("Brown Health Center", "Nonprofit", "health", "Brown", "2024-03-15"), ("Clay Shelter", "Nonprofit", "shelter", "Clay", "2024-01-20"),
        ("Harvest Church", "Nonprofit", "faith", "Brown", ""), ("Print Shop LLC", "Business", "", "Adams", "2024-05-02")])
TEAMS = ("1. Summary\r\nMeeting title\tCoalition monthly meeting\r\nAttended participants\t4\r\nStart time\t3/14/24, 9:00:12 AM\r\n"
         "End time\t3/14/24, 10:01:44 AM\r\n\r\n2. Participants\r\nName\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole\r\n"
         "Zebulon Quackenbush (Legal Aid Society)\t3/14/24, 9:00:12 AM\t3/14/24, 10:01:00 AM\t1h 48s\tzebulon@gmail.com\tzebulon@gmail.com\tOrganizer\r\n"
         "Xiomara Thistlewood\t3/14/24, 9:02:12 AM\t3/14/24, 10:01:00 AM\t58m\tx.thistlewood@brownhealth.org\tx.thistlewood@brownhealth.org\tPresenter\r\n"
         "Xiomara Thistlewood\t3/14/24, 9:30:12 AM\t3/14/24, 10:01:00 AM\t28m\tx.thistlewood@brownhealth.org\tx.thistlewood@brownhealth.org\tPresenter\r\n"
         "Guest\t3/14/24, 9:03:00 AM\t3/14/24, 9:10:00 AM\t7m\t\t\tAttendee\r\n\r\n3. In-Meeting Activities\r\nName\tJoin Time\tLeave Time\r\n"
         "Zebulon Quackenbush\t3/14/24, 9:00:12 AM\t3/14/24, 10:01:00 AM\r\n")
ZOOM = ("Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants\n"
        "812 3456,Outreach workshop,03/21/2024 09:00:00 AM,03/21/2024 10:00:00 AM,zebulon@gmail.com,60,3\n\n"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        "Clay Shelter - Xiomara,,03/21/2024 09:00:00 AM,03/21/2024 09:30:00 AM,30,Yes\n"
        "Clay Shelter - Xiomara,,03/21/2024 09:35:00 AM,03/21/2024 10:00:00 AM,25,Yes\n"
        "Zebulon Q.,zebulon@gmail.com,03/21/2024 09:00:00 AM,03/21/2024 10:00:00 AM,60,No\n")
QUALTRICS = ("StartDate,Status,IPAddress,Finished,RecipientFirstName,Q1,Q2,Q3,Q4\n"
             "Start Date,Response Type,IP Address,Finished,Recipient First Name,\"How many meetings did you attend, in all?\","
             "\"How well are we led? (1 = poor, 5 = excellent)\",Has somebody of yours been to a training?,What else?\n"
             + "\"{\"\"ImportId\"\":\"\"startDate\"\"}\"," + ",".join(f'"{{""ImportId"":""QID{i}""}}"' for i in range(8)) + "\n"
             + "2024-06-01 10:00,IP Address,192.0.2.77,True,Zebulon,3,4,Yes,Ask Xiomara Thistlewood\n"
             "2024-06-01 11:00,IP Address,192.0.2.77,True,Xiomara,0,2,No,\n2024-06-02 11:00,IP Address,192.0.2.77,True,,7,5,Yes,\n"
             "2024-06-02 12:00,Survey Preview,192.0.2.77,True,,9,5,Yes,\n2024-06-02 13:00,IP Address,192.0.2.77,False,,1,,,\n")

CASES = {
    "roster": ({"members.csv": ROSTER}, []),
    "roster-german": ({"Mitglieder.csv": "Einrichtung;Sektor;Arbeitsfeld;Landkreis;Mitglied seit;Ansprechpartner;Telefon\r\n"
                       "Frauenhaus Südstadt e.V.;gemeinnützig;Schutz;Köln;05.03.2023;Xiomara Überschär;0221 555-0142\r\n"
                       "Polizei Köln;Behörde;Polizei;Köln;17.11.2022;;\r\nFrauenhaus Suedstadt;gemeinnützig;Schutz;Bonn;01.04.2024;;\r\n"
                       "Summe;3;;;;;\r\n"}, [], "cp1252"),
    "roster-of-persons": ({"list.csv": "Name,Email,Phone,Street\nZebulon Quackenbush,zebulon@legalaid.org,312-555-0142,47 Larkspur Lane\n"
                           "Xiomara Thistlewood,xiomara@gmail.com,,\nZebulon Quackenbush,zebulon@quackenbush.net,,\n"}, ["--assume"]),
    "roster-twice-and-damaged": ({"members.csv": "\ufeffOur coalition\n\nOrganization,Type of organization,County,Joined,Left,Contact\n"
                                  "Field Services,501(c)(3),Adams,3/25/2024,,Zebulon Quackenbush\nFeild Services,501(c)(3),Adams,,,\n"
                                  "field services,,Brown,,4/1/2025,\nZebulon Quackenbush,,,,,\nDr. Xiomara Thistlewood,,,,,\nn/a,,,,,\n"
                                  "Organization,Type of organization,County,Joined,Left,Contact\n312-555-0142,,,,,\n\"Open quote,Nonprofit,Adams,,,\n"
                                  "Total,3,,,,\n"}, []),
    "matrix": ({"members.csv": ROSTER, "attendance 2024.csv": "Organization,1/9/2024,2/13/2024,3/12/2024,4/9/2024 cancelled,5/14/2024\n"
                "Legal Aid Society,x,x,,,x\nAdams County Police,,x,,,\nBrown Health Center,x,,x,,x\nClay Shelter,?,x,v,,excellent\n,,,,,\n"
                "Harvest Church,,,,,\nTotal,3,3,2,,2\n"}, []),
    "matrix-decimals": ({"anwesenheit.csv": "Mitglied;09.01.2024;13.02.2024;12.03.2024\nCaritas;1,0;0,0;1,0\nDiakonie;0,0;;1,0\n"},
                        ["--names", "organisations"]),
    "matrix-two-headings": ({"attendance.csv": "Member agency,Plenary,Training,Plenary\n,2024-01-09,2024-02-13,2024-05-14\nLegal Aid,Y,Y,N\nClay Shelter,N,Y,Y\n"}, []),
    "list": ({"members.csv": ROSTER, "who came.csv": "Date,Event,Agency,Name,Attended\n14/03/2024,Training on referrals,Clay Shelter,Xiomara Thistlewood,yes\n"
              "14/03/2024,Training on referrals,Legal Aid Society,Zebulon Quackenbush,no\n02/04/2024,Plenary,Rotary Club,,yes\n"
              "02/04/2024,Plenary,Legal Aid Society,,\nsoon,Plenary,Legal Aid Society,,yes\n"}, ["--guests", "members"]),
    "list-ambiguous": ({"who came.tsv": "Date\tOrganization\n05/03/2024\tLegal Aid\n06/04/2024\tLegal Aid\n06/04/2024\tClay Shelter\n"}, []),
    "list-ambiguous-answered": ({"who came.tsv": "Date\tOrganization\n05/03/2024\tLegal Aid\n06/04/2024\tLegal Aid\n06/04/2024\tClay Shelter\n"}, ["--dates", "mdy"]),
    "sign-in": ({"members.csv": ROSTER, "Sign-in March.csv": "Coalition meeting,,,\n\"Date: March 12, 2024\",,,\n,,,\nPrint name,Agency,E-mail,Signature\n"
                 "Zebulon Quackenbush,Legal Aid Society,zebulon@gmail.com,ZQ\nXiomara Thistlewood,Zebulon Quackenbush,,\n,Self,,\n,Brown Health Centre,,\n"}, ["--assume"]),
    "sign-in-date-in-name": ({"2024-03-12 attendance.csv": "Organization\nLegal Aid\nClay Shelter\nClay Shelter\n"}, []),
    "video-teams": ({"members.csv": ROSTER.replace("Member since\n", "Member since,Email\n").replace("2024-03-15\n", "2024-03-15,office@brownhealth.org\n"),
                     "report.csv": TEAMS.encode("utf-16")}, []),
    "video-zoom": ({"members.csv": ROSTER, "participants_8123456.csv": ZOOM}, []),
    "calendar": ({"members.csv": ROSTER, "calendar.csv": "Date|Event|Place\n2024-01-09|Plenary|47 Larkspur Lane\n2024-02-06|Workshop with Zebulon|\n"
                  "2024-03-12|Plenary (cancelled)|\n2024-04-20|Health fair|\n2024-05-09|Picnic|\ntbd|Plenary|\n"}, []),
    "survey-three-headings": ({"members.csv": ROSTER, "survey.csv": QUALTRICS}, []),
    "survey-downwards": ({"members.csv": ROSTER, "redcap.csv": "record_id;help___1;help___2;Wie gut ist die Leitung? 1 bis 5;Arbeiten Sie mit anderen zusammen?\n"
                          "1;1;0;1;ja\n2;0;1;2;nein\n3;0;0;2;ja\n;;;;\n"}, ["--scale", "down"]),
    "ties": ({"members.csv": ROSTER, "ties.csv": "Organization,Works with\nLegal Aid Society,Clay Shelter\nClay Shelter,Legal Aid Society\n"
              "Legal Aid Society,none\nHarvest Church,Dr. Xiomara Thistlewood\n"}, []),
    "tie-matrix": ({"members.csv": ROSTER, "network.csv": ",Legal Aid Society,Clay Shelter,Harvest Church\nLegal Aid Society,,1,0\nClay Shelter,1,,1\n"
                    "Harvest Church,0,0,\n"}, []),
    "roster-of-organisations-under-name": ({"partners.csv": "Name;Type of organization;E-Mail;Phone;Address\nLegal Aid Society;NGO;office@legalaid.org;312-555-0142;47 Larkspur Lane\n"
                                            "Clay Shelter;Non-governmental organization;clay@gmail.com;;\nPrint Shop, owner Xiomara Thistlewood 312-555-0142;Business;;;\n"},
                                           ["--names", "organisations"]),
    "roster-with-odd-headings": ({"members.csv": "Agency Type,Partner,County served by agency,Willing to host,Contact,Title,Status\nNGO,Legal Aid Society,Adams,yes,Zebulon Quackenbush,Chair,Active\n"
                                  "Government,Adams County Police,Adams,no,,,Active\nNGO,Old Mill House,Brown,,,,Former\nNGO,Sister Cities Network,Brown,,,,\nNGO,Total Health Clinic,Brown,,,,\n"}, []),
    "roster-sign-in-or-not": ({"list 2024-03-12.csv": "Organization,County\nLegal Aid Society,Adams\nClay Shelter,Clay\n"}, []),
    "matrix-without-a-corner": ({"members.csv": ROSTER, "who came.csv": ",1/9/2024,2/13/2024,3/12/2024\nLegal Aid Society,x,x,\nClay Shelter,,x,x\n,,,\nTotal,1,2,1\n"},
                                ["--names", "organisations"]),
    "matrix-by-months": ({"members.csv": ROSTER, "calendar.csv": "Date,Event\n2024-01-09,Plenary\n2024-02-06,Workshop\n",
                          "attendance.csv": "Organization,Jan 2024,Feb 2024,Marketing 2024\nLegal Aid Society,1,1,0\nClay Shelter,0,1,1\n"}, []),
    "matrix-newest-first": ({"attendance.csv": "Agency,3/5/2024,2/6/2024,1/9/2024\nLegal Aid Society,P,A,P\nClay Shelter,A,E,P\n"}, []),
    "list-with-minutes": ({"members.csv": ROSTER, "log.csv": "Date,Organization,Attendee,Minutes,Status\n2024-01-09,Legal Aid Society,Zebulon Quackenbush,60,Attended\n"
                           "2024-02-13,Legal Aid Society,Zebulon Quackenbush,55,No-show\n2024-02-13,Clay Shelter,Xiomara Thistlewood,55,Attended\n2024-02-13,Harvest Church,,0,Registered\n"}, []),
    "list-of-a-form": ({"members.csv": ROSTER, "form.csv": "Timestamp,Organization,Your name,Email Address\n3/12/2024 9:01:12,Legal Aid Society,Zebulon Quackenbush,zebulon@gmail.com\n"
                        "3/12/2024 9:02:10,,Xiomara Thistlewood,office@brownhealth.org\n3/26/2024 9:00:00,Zebulon Quackenbush (Clay Shelter),Zebulon Quackenbush,\n"}, ["--assume"]),
    "sign-in-below-much": ({"members.csv": ROSTER, "sheet.csv": "Meeting:,Workshop on referrals,,\nFacilitator:,Xiomara Thistlewood,,\nPlace,Training room,,\nDate:,12 March 2024,,\n,,,\n"
                            "Name,Agency,Phone,Attended\nZebulon Quackenbush,Legal Aid Society,312-555-0142,yes\n,Clay Shelter,,no\n,Harvest Church,,\n"}, []),
    "calendar-of-a-program": ({"members.csv": ROSTER, "export.csv": "Subject,Start Date,Start Time,End Date,End Time,Meeting Organizer,Location\nPlenary,3/14/2024,9:00:00 AM,3/14/2024,11:00:00 AM,"
                               "Zebulon Quackenbush,47 Larkspur Lane\nWebinar with Xiomara,3/28/2024,9:00:00 AM,3/28/2024,10:00:00 AM,Zebulon Quackenbush,\n"
                               "Board meeting,3/14/2024,1:00:00 PM,3/14/2024,2:00:00 PM,,\n"}, []),
    "survey-two-headings": ({"members.csv": ROSTER, "SurveyMonkey.csv": "Respondent ID,Start Date,End Date,IP Address,Email Address,First Name,How many meetings did you attend in the past year?,"
                             "How would you rate the leadership of the coalition?,How much progress have we made toward our goals?,Which of these do you use?,\n"
                             ",,,,,,Open-Ended Response,Response,Response,Phone,Zoom\n"
                             "1,06/01/2024,06/01/2024,192.0.2.77,zebulon@gmail.com,Zebulon,12,Excellent,4,Phone,\n2,06/02/2024,06/02/2024,192.0.2.77,,,1,Very good,2,,Zoom\n3,06/02/2024,06/02/2024,192.0.2.77,,,0,Poor,,,\n"},
                            ["--scale", "up"]),
    "ties-of-persons": ({"members.csv": ROSTER, "network.csv": "From,To\nZebulon Quackenbush,Xiomara Thistlewood\nLegal Aid Society,Clay Shelter\n"}, ["--names", "persons"]),
    "roster-spanish": ({"miembros.csv": "sep=;\r\nRed de organizaciones;;;\r\nOrganización;Sector;Provincia;Miembro desde;Contacto\r\nCasa de la Mujer;ONG;Mérida;05/03/2023;Xiomara Thistlewood\r\n"
                        "Policía Estatal;Gobierno;Mérida;17/11/2022;\r\n;;;;\r\nClínica del Río;ONG;Valladolid;01/04/2024;\r\nTotal;3;;;\r\n"}, [], "cp1252"),
    "ties-with-weights": ({"members.csv": ROSTER, "edges.csv": "Source,Target,Weight,Type\nLegal Aid Society,Clay Shelter,3,Undirected\nHarvest Church,Clay Shelter,0,Undirected\n"
                           "Brown Health Center,Rotary Club,1,Undirected\nClay Shelter,Rotary Club,2,Undirected\n"}, ["--names", "organisations", "--guests", "nonmembers"]),
    "guests-with-names": ({"members.csv": ROSTER, "who came.csv": "Date,Agency,Name\n2024-04-02,Rotary Club,Zebulon Quackenbush\n2024-05-07,Rotary Club,\n2024-05-07,Clay Shelter,\n2024-05-07,Xiomara Thistlewood,Xiomara Thistlewood\n"},
                          ["--guests", "nonmembers"]),
    "ties-in-two-like-columns": ({"members.csv": ROSTER, "partners.csv": "Organization A,Organization B,Strength\nLegal Aid Society,Clay Shelter,5\nClay Shelter,Brown Health Center,2\n"
                                  "Legal Aid Society,Nobody Knows Inc,3\nHarvest Church,Clay Shelter,0\nHarvest Church,Legal Aid Society,x\nHarvest Church,Dr. Xiomara Thistlewood,1\n"}, ["--guests", "nonmembers"]),
    "matrix-of-numbers-out-of-order": ({"members.csv": ROSTER, "who came.csv": "Name,Meeting 3,Meeting 1,Meeting 2\nLegal Aid Society,x,,x\nClay Shelter,,x,\nHarvest Church,1,,\n"},
                                       ["--names", "organisations"]),
    "matrix-with-days-that-are-none": ({"members.csv": ROSTER, "attendance.csv": "Organization,2024-02-14,2024-13-01,30.02.2024,2024-05-08,2024-05-08\nLegal Aid Society,1,1,1,0,1\n"
                                        "Clay Shelter,0,1,0,0,0\nHarvest Church,1,0,0,1,1\n"}, []),
    "sheets-with-nobody": ({"members.csv": ROSTER, "sign-in 2024-03-05.csv": "Sign-in sheet,,\nDate:,03/05/2024,\nName,Organization,E-mail\nZebulon Quackenbush,Legal Aid Society,\n",
                            "sign-in 2024-06-04.csv": "Sign-in sheet,,\nDate:,06/04/2024,\nName,Organization,E-mail\n"}, []),
    "roster-against-attendance": ({"members.csv": ROSTER.replace("Harvest Church,Nonprofit", "Harvest Church,Wizardry") + "Old Mill House,Nonprofit,,Clay,2020-01-05\nNew Mill House,union,,Clay,2031-01-05\n",
                                   "left.csv": "Organization,Member since,Member until\nOld Mill House,2020-01-05,2024-02-20\nClay Shelter,,30.02.2024\n",
                                   "calendar.csv": "Date,Event\n2024-01-09,Plenary\n2024-09-10,Plenary\n",
                                   "attendance.csv": "Organization,2024-01-09,2024-03-12\nLegal Aid Society,1,0\nPrint Shop LLC,1,0\nOld Mill House,0,1\nNew Mill House,0,1\nHarvest Church,0,1\n"}, []),
    "nothing-known": ({"figures.csv": "x,y\n1,2\n3,4\n"}, []),
}


def encoded(content, encoding):
    return content if isinstance(content, bytes) else content.encode(encoding)


def write_tables(folder, files, encoding="utf-8"):
    tables = folder / "tables"
    tables.mkdir()
    for name, content in files.items():
        (tables / name).write_bytes(encoded(content, encoding))


def run(folder, *arguments):
    return subprocess.run([PROGRAM, "import", *arguments], capture_output=True, text=True, cwd=folder, timeout=60)


def rows_of(page, section):
    text = page.split(f'<section id="{section}"')[1].split("</section>")[0]
    rows = re.findall(r"<caption>(.*?)</caption>|<tr>(.*?)</tr>|<li>(.*?)</li>", text, re.S)
    lines = [caption or item or " | ".join(re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)) for caption, row, item in rows]
    return "".join(f"  {html.unescape(re.sub(r'<[^>]+>', '', line))}\n" for line in lines)


def what_was_read(folder, done):
    text = f"exit {done.returncode}\n{done.stdout}{done.stderr}"
    ours = folder / "ours"
    if not ours.exists():
        return text
    page = (ours / "check.html").read_text(encoding="utf-8")
    for section in ("answer", "read", "left-out", "months", "names", "assumed", "not-yet"):
        text += f"== {section}\n{rows_of(page, section)}"
    scenario = (ours / "ours.toml").read_text(encoding="utf-8")
    text += "== ours.toml\n" + scenario[scenario.index("[calendar]"):scenario.index("[travel]")] + scenario[scenario.index("[[series]]"):]
    for table in ("members.csv", "ties.csv", "guests.csv"):
        if (ours / table).exists():
            text += f"== {table}\n" + (ours / table).read_text(encoding="utf-8")
    if (ours / "ours-evidence.toml").exists():
        evidence = (ours / "ours-evidence.toml").read_text(encoding="utf-8")
        text += "== ours-evidence.toml\n" + evidence[evidence.index("[[item]]"):]
    return text + "== mapping.toml\n" + (ours / "mapping.toml").read_text(encoding="utf-8").split("\n", 1)[1].split("\n[written]")[0]


@pytest.mark.parametrize("name", CASES)
def test_what_is_read_is_the_golden_text(name, tmp_path):
    files, options, *encoding = CASES[name]
    write_tables(tmp_path, files, *encoding)
    done = run(tmp_path, "tables", "-o", "ours", *options)
    assert done.returncode in (0, 2), done.stderr
    text = what_was_read(tmp_path, done)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("COALIS_RENEW_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")
    written = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "ours").glob("*")) if done.returncode == 0 else ""
    assert [word for word in PERSONAL if word in written + done.stdout + done.stderr] == []
    if done.returncode == 0:
        check = subprocess.run([PROGRAM, "check", "ours/ours.toml"], capture_output=True, text=True, cwd=tmp_path)
        assert check.returncode == 0, check.stderr


@pytest.mark.parametrize("name", CASES)
def test_every_row_is_used_or_listed(name, tmp_path):
    files, options, *encoding = CASES[name]
    write_tables(tmp_path, files, *encoding)
    if run(tmp_path, "tables", "-o", "ours", *options, "--assume").returncode:
        return
    page = (tmp_path / "ours" / "check.html").read_text(encoding="utf-8")
    listed = {}
    for table in re.findall(r"<caption>([^<]*)</caption>(.*?)</table>", page.split('<section id="left-out"')[1].split("</section>")[0], re.S):
        listed[html.unescape(table[0])] = sum(int(count) for count in re.findall(r"</th><td>(\d+)</td>", table[1]))
    for row in re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", page.split('<section id="read"')[1].split("</section>")[0]):
        file, _, _, rows, used, left_out = re.split(r"</t[hd]>(?:<td>)?", row)[:6]
        assert int(rows) == int(used) + listed.get(html.unescape(file), 0) and int(left_out) == listed.get(html.unescape(file), 0), row


def test_a_second_import_asks_nothing(tmp_path):
    write_tables(tmp_path, CASES["list-ambiguous"][0])
    assert run(tmp_path, "tables", "-o", "ours").returncode == 2 and not (tmp_path / "ours").exists()
    assert run(tmp_path, "tables", "-o", "ours", "--dates", "mdy").returncode == 0
    first = {path.name: path.read_bytes() for path in (tmp_path / "ours").glob("*")}
    again = run(tmp_path, "tables", "-o", "ours")
    assert again.returncode == 3 and "exists already" in again.stderr
    assert run(tmp_path, "tables", "-o", "ours", "--force").returncode == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "ours").glob("*")} == first
    other = run(tmp_path, "tables", "-o", "other", "--mapping", "ours/mapping.toml")
    assert other.returncode == 0, other.stderr
    assert (tmp_path / "other" / "ours.toml").read_bytes() == first["ours.toml"]


def test_names_are_one_when_the_table_of_aliases_says_so(tmp_path):
    write_tables(tmp_path, {"members.csv": "Organization,Sector\nField Services,Nonprofit\nFeild Services,Nonprofit\nClay Shelter,Nonprofit\n"})
    assert run(tmp_path, "tables", "-o", "ours").returncode == 0
    aliases = tmp_path / "ours" / "aliases.csv"
    assert aliases.read_text() == "name,other,same,why\nField Services,Feild Services,,few letters differ\n"
    members = "name,sector,role,region,joined,left\nField Services,nonprofit,,,,\n"
    assert (tmp_path / "ours" / "members.csv").read_text() == members + "Feild Services,nonprofit,,,,\nClay Shelter,nonprofit,,,,\n"
    aliases.write_text(aliases.read_text().replace(",,", ",yes,"))
    assert run(tmp_path, "tables", "-o", "ours", "--force").returncode == 0
    assert (tmp_path / "ours" / "members.csv").read_text() == members + "Clay Shelter,nonprofit,,,,\n" and ",yes," in aliases.read_text()
    aliases.write_text("name,other,same,why\nField Services,Feild Services,perhaps,\n")
    wrong = run(tmp_path, "tables", "-o", "ours", "--force")
    assert wrong.returncode == 2 and "ours/aliases.csv:2:31: error: 'perhaps' is no answer; write yes, no, or nothing" in wrong.stderr


def test_what_is_no_table_of_text_is_said(tmp_path):
    write_tables(tmp_path, {"members.csv": ROSTER, "minutes.docx": "PK"})
    done = run(tmp_path, "tables", "-o", "ours")
    assert "minutes.docx: no table of text; not read" in done.stdout
    assert run(tmp_path, "tables", "-o", "tables").returncode == 3
    assert run(tmp_path, "nowhere.csv", "-o", "other").returncode == 3
    wrong = run(tmp_path, "tables", "-o", "other", "--table", "members.csv=rooster")
    assert wrong.returncode == 2 and "did you mean 'roster'?" in wrong.stderr
    wrong = run(tmp_path, "tables", "-o", "other", "--table", "tables/member.csv=roster")
    assert wrong.returncode == 2 and "no file 'tables/member.csv' is read" in wrong.stderr and "did you mean 'members.csv'?" in wrong.stderr
    assert run(tmp_path, "tables", "-o", "told", "--table", "tables/members.csv=sign-in sheet", "--assume").returncode == 2
    (tmp_path / "renamed.csv").write_bytes(b"PK\x03\x04 and so on")
    wrong = run(tmp_path, "renamed.csv", "-o", "other")
    assert wrong.returncode == 3 and "renamed.csv: is a workbook or a document and no text" in wrong.stderr


def test_two_files_of_one_name_are_told_apart_without_their_whole_path(tmp_path):
    for year in ("2023", "2024"):
        (tmp_path / "home of zebulon" / year).mkdir(parents=True)
        (tmp_path / "home of zebulon" / year / "came.csv").write_text(f"Date,Organization\n{year}-03-14,Legal Aid\n")
    done = run(tmp_path, *(str(tmp_path / "home of zebulon" / year / "came.csv") for year in ("2023", "2024")), "-o", "ours")
    assert done.returncode == 0, done.stderr
    assert "2023/came.csv: attendance list, 1 row used" in done.stdout and "2024/came.csv" in done.stdout
    assert "zebulon" not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "ours").glob("*"))


def test_names_of_files_that_would_be_obeyed_are_shown(tmp_path):
    write_tables(tmp_path, {"came\u202e \x1b[31m.csv": "Date,Organization\n2024-03-14,Legal Aid\n"})
    assert run(tmp_path, "tables", "-o", "ours").returncode == 0
    assert "came\\\\u202e \\\\u001b[31m.csv" in (tmp_path / "ours" / "mapping.toml").read_text(encoding="utf-8")
    again = run(tmp_path, "tables", "-o", "ours", "--force")
    assert again.returncode == 0, again.stderr


def test_the_scenario_runs_beside_its_evidence(tmp_path):
    write_tables(tmp_path, CASES["matrix"][0])
    assert run(tmp_path, "tables", "-o", "ours", "--name", "Our counties").returncode == 0
    ran = subprocess.run([PROGRAM, "run", "ours/ours.toml", "--replicates", "5", "--no-file", "--quiet"], capture_output=True, text=True, cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "Our counties" in ran.stdout and re.search(r"\n +0 +\d+ % .* 33 % \(2 of 6\)", ran.stdout), ran.stdout


def test_half_a_character_at_the_end_is_nobody(tmp_path):
    (tmp_path / "members.csv").write_bytes("\ufeffOrganization,Sector\nLegal Aid,Nonprofit\nClay Shelter,Nonprofit\n".encode("utf-16-le") + b"\x41")
    done = run(tmp_path, "members.csv", "-o", "ours", "--assume")
    assert done.returncode == 0, done.stderr
    assert len((tmp_path / "ours" / "members.csv").read_text(encoding="utf-8").splitlines()) == 3
    assert "\ufffd" not in "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "ours").glob("*"))
    assert "half a character at its end was left out" in (tmp_path / "ours" / "check.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name, begin, said", [("a.h5", b"\x89HDF\r\n\x1a\n", "an HDF5 file"), ("page", b"<!doctype html><p>x", "a web page"), ("a.csv", b"\x89PNG\r\n", "a picture (PNG)"),
                                               ("b.csv", b"\x1f\x8b\x08\0", "compressed (gzip)"), ("c.csv", b'{"format": "coalis-best"}', "an answer of coalis best"),
                                               ("d.toml", b'format = "scenario"\nversion = 1\n', "a scenario")])
def test_a_file_of_another_kind_is_no_table(tmp_path, name, begin, said):
    (tmp_path / "members.csv").write_text(ROSTER)
    (tmp_path / name).write_bytes(begin)
    done = run(tmp_path, "members.csv", name, "-o", "ours", "--assume")
    message = " ".join(done.stderr.split())
    assert done.returncode == 3 and f"{name}: it is {said}" in message and ", not a table of text" in message, done.stderr
    assert not (tmp_path / "ours").exists()


def test_a_table_whose_first_heading_is_like_a_signature_is_one(tmp_path):
    (tmp_path / "members.csv").write_text("CDF,Organization,Sector\n1,Legal Aid,Nonprofit\n2,Clay Shelter,Nonprofit\n")
    assert run(tmp_path, "members.csv", "-o", "ours", "--assume").returncode == 0


@pytest.mark.parametrize("text, said", [(b'format = "scenario"\nversion = 1\n', "it is a scenario, not a mapping of coalis import"), (b"\x89HDF\r\n\x1a\n", "it is an HDF5 file"),
                                        (b"<!doctype html>", "it is a web page, not a mapping"), (b"a,b\n1,2\n", "it is a table (CSV), not a mapping"), (b"{}", "it is JSON")])
def test_a_mapping_of_another_kind(tmp_path, text, said):
    (tmp_path / "members.csv").write_text(ROSTER)
    (tmp_path / "other").write_bytes(text)
    done = run(tmp_path, "members.csv", "-o", "ours", "--mapping", "other")
    message = " ".join(done.stderr.split())
    assert done.returncode == 2 and "other:1:" in message and said in message and message.count("error") == 1, done.stderr


def test_what_was_changed_by_hand_is_kept(tmp_path):
    write_tables(tmp_path, {"members.csv": ROSTER})
    assert run(tmp_path, "tables", "-o", "ours").returncode == 0
    scenario = tmp_path / "ours" / "ours.toml"
    for kept, fte in (("ours-before.toml", "0.9"), ("ours-before-2.toml", "0.8")):
        edited = scenario.read_text().replace("fte = 0.5", f"fte = {fte}")
        scenario.write_text(edited)
        again = run(tmp_path, "tables", "-o", "ours", "--force")
        assert again.returncode == 0 and f"ours.toml was changed since an earlier import: kept as {kept}." in again.stdout, again.stdout
        assert (tmp_path / "ours" / kept).read_text() == edited and "fte = 0.5" in scenario.read_text()
        assert f"kept as {kept}" in (tmp_path / "ours" / "check.html").read_text()
    (tmp_path / "tables" / "members.csv").write_text(ROSTER + "Rotary Club,Nonprofit,,Adams,\n")
    again = run(tmp_path, "tables", "-o", "ours", "--force")  # new tables are no change by hand
    assert again.returncode == 0 and "kept as" not in again.stdout, again.stdout
    assert sorted(path.name for path in (tmp_path / "ours").glob("*-before*")) == ["ours-before-2.toml", "ours-before.toml"]


def test_answers_about_names_go_with_the_mapping(tmp_path):
    write_tables(tmp_path, {"members.csv": "Organization,Sector\nField Services,Nonprofit\nFeild Services,Nonprofit\nClay Shelter,Nonprofit\n"})
    assert run(tmp_path, "tables", "-o", "ours").returncode == 0
    aliases = tmp_path / "ours" / "aliases.csv"
    aliases.write_text(aliases.read_text().replace(",,", ",yes,"))
    assert run(tmp_path, "tables", "-o", "other", "--mapping", "ours/mapping.toml").returncode == 0
    assert len((tmp_path / "other" / "members.csv").read_text().splitlines()) == 3
