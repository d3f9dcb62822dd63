"""A cluster of Slurm on this machine: munged, slurmctld and a slurmd a node, all in one temporary folder, on ports of loopback."""
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

PROGRAMS = ("munged", "mungekey", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "sinfo")
PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"

CONF = """ClusterName=coalis
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={folder}/munge.socket
SlurmctldPort={port}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
SlurmdParameters=config_overrides
SlurmdTimeout=4
SlurmctldTimeout=10
MessageTimeout=2
InactiveLimit=0
KillWait=1
ReturnToService=2
NodeName=n[1-{nodes}] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{first}-{last}] CPUs=1 RealMemory=100
PartitionName=all Nodes=ALL Default=YES MaxTime=60 State=UP
"""


class NotUp(Exception):
    """Why there is no cluster here."""


def free_ports(count):
    """So many in a row that nobody listens at."""
    for first in range(20_000 + os.getpid() % 10_000, 60_000, count):
        taken = []
        try:
            for port in range(first, first + count):
                taken.append(socket.socket())
                taken[-1].bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
        finally:
            for one in taken:
                one.close()
    raise NotUp("no free ports")


class Cluster:
    def __init__(self, folder, nodes=4):
        missing = [program for program in PROGRAMS if not shutil.which(program, path=PATH)]
        if missing:
            raise NotUp(f"there is no {missing[0]}")
        if os.geteuid() != 0:
            raise NotUp("slurmd needs root")
        self.folder, self.nodes, self.daemons = folder, nodes, {}
        adopt_orphans()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("SLURM")}
        self.environment |= {"PATH": PATH, "SLURM_CONF": str(folder / "slurm.conf")}
        try:
            self._start()
        except BaseException:
            self.end()
            raise

    def _start(self):
        folder, first = self.folder, free_ports(self.nodes + 1)
        for name in ["state", *(f"spool-n{k}" for k in range(1, self.nodes + 1))]:
            (folder / name).mkdir()
        (folder / "slurm.conf").write_text(CONF.format(host=socket.gethostname().split(".")[0], folder=folder, port=first, nodes=self.nodes, first=first + 1,
                                                       last=first + self.nodes))
        subprocess.run(["mungekey", "-c", "-k", folder / "munge.key"], check=True, env=self.environment, timeout=10)
        self._daemon("munged", "munged", "-F", "--force", f"--key-file={folder}/munge.key", f"--socket={folder}/munge.socket", f"--pid-file={folder}/munged.pid",
                     f"--seed-file={folder}/munge.seed", f"--log-file={folder}/munged.log", "--num-threads=2")
        self._wait(lambda: (folder / "munge.socket").exists(), 10, "munged")
        self._daemon("slurmctld", "slurmctld", "-D", "-i", "-f", folder / "slurm.conf")
        for k in range(1, self.nodes + 1):
            self.start_node(f"n{k}")
        self._wait(lambda: self.states().count("idle") == self.nodes, 20, "the nodes")

    def _daemon(self, name, *command):
        with open(self.folder / f"{name}.said", "ab") as said:
            self.daemons[name] = subprocess.Popen([*map(str, command)], env=self.environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                                  start_new_session=True, cwd=self.folder)

    def start_node(self, name):
        self._daemon(name, "slurmd", "-D", "-N", name, "-f", self.folder / "slurm.conf")

    def _wait(self, true, seconds, what):
        deadline = time.monotonic() + seconds
        while not true():
            ended = [name for name, daemon in self.daemons.items() if daemon.poll() is not None]
            if ended or time.monotonic() > deadline:
                name = ended[0] if ended else what
                log = next((text for p in (f"{name}.said", f"slurmd-{name}.log") if (text := self._tail(p))), "")
                raise NotUp(f"{name} did not come up in {seconds} s: {log}")
            time.sleep(0.1)

    def _tail(self, name):
        path = self.folder / name
        return path.read_text(errors="replace").strip()[-300:] if path.exists() else ""

    def ask(self, *command, check=True, cwd=None, timeout=20):
        return subprocess.run([*map(str, command)], env=self.environment, cwd=cwd or self.folder, capture_output=True, text=True, check=check, timeout=timeout)

    def states(self):
        answer = self.ask("sinfo", "-h", "-N", "-o", "%t", check=False)
        return answer.stdout.split()

    def queue(self):
        """(job, task, state, node) of all that is queued or at work."""
        text = self.ask("squeue", "-h", "-r", "-o", "%F|%K|%T|%N", check=False).stdout
        return [tuple(line.split("|")) for line in text.splitlines()]

    def of_this(self, node=None):
        """Processes of the cluster, or of one of its nodes: by their environment, folder and open files. Those that watch others come first."""
        found = []
        for entry in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
                files = [os.readlink(entry / "cwd"), *(os.readlink(file) for file in (entry / "fd").iterdir())]
                watches = (entry / "comm").read_text().startswith("slurmstepd")
            except OSError:
                continue
            ours = f"SLURM_CONF={self.folder}/slurm.conf".encode() in environment or any(file.startswith(f"{self.folder}/") for file in files + [files[0] + "/"])
            named = node is None or f"SLURMD_NODENAME={node}".encode() in environment or f"{self.folder}/slurmd-{node}.log" in files
            if ours and named and int(entry.name) != os.getpid():
                found.append((not watches, int(entry.name)))
        return [process for _, process in sorted(found)]

    def kill_node(self, name):
        """As a machine that loses its power: its daemon and all that it runs."""
        self.daemons[name].kill()
        self.daemons[name].wait()
        for process in self.of_this(name):
            end(process)

    def end(self):
        for daemon in reversed(list(self.daemons.values())):
            if daemon.poll() is None:
                daemon.kill()
            daemon.wait()
        for _ in range(5):
            left = self.of_this()
            for process in left:
                end(process)
            if not left:
                break
            time.sleep(0.1)


def adopt_orphans():
    """What daemons leave behind becomes a child of this process, so that it is seen to end."""
    set_child_subreaper = 36  # prctl(2)
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def end(process):
    try:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    except (ProcessLookupError, ChildProcessError):
        pass
