"""The faults of ops/ha/chaos. Each is made, and gives what undoes it and how many seconds it lasts at least."""
import os
import random
import signal
import subprocess
import time

import cluster
from cluster import HOME, PREFIX, WITH_KHOP, inside, kill, keeper, leaders, must, pids, postmaster, sql, synchronous, tell

STALE = []  # what primaries that had been left behind still committed: nothing


def nothing():
    pass


def primary():
    deadline = time.time() + 30
    while time.time() < deadline:
        found = leaders()
        if len(found) == 1:
            return found[0]
        time.sleep(0.3)
    raise RuntimeError("no primary")


def standby():
    return synchronous() or next(n for n in cluster.NODES if n not in leaders())


def link(node, state):
    must(subprocess.run(["ip", "link", "set", f"{PREFIX}{node}", state], capture_output=True, text=True))


def postgres_killed():
    """kill -9 of the primary's PostgreSQL"""
    tell([postmaster(primary())], signal.SIGKILL)
    return nothing, 5


def patroni_killed():
    """kill -9 of the primary's Patroni, back after a second"""
    kill(primary(), "patroni")
    return nothing, 5


def patroni_dead():
    """the primary's Patroni dead for 20 s, its PostgreSQL alive: two primaries"""
    node = primary()
    keep = keeper(node, "patroni")
    tell([keep], signal.SIGSTOP)
    kill(node, "patroni")

    def undo():
        # The old one still believes that it is the primary. What it is asked to write it must not acknowledge.
        try:
            sql(node, "select pg_logical_emit_message(true, 'chaos', 'stale')", timeout=4)
            if leaders() not in ([], [node]):
                STALE.append(f"{node} committed although {leaders()} is the primary")
        except (RuntimeError, subprocess.TimeoutExpired):
            pass
        tell([keep], signal.SIGCONT)
    return undo, 20


def etcd_killed():
    """kill -9 of the primary's etcd"""
    kill(primary(), "etcd")
    return nothing, 5


def etcd_without_majority():
    """two of three etcd dead for 12 s"""
    nodes = random.sample(list(cluster.NODES), 2)
    keeps = [keeper(n, "etcd") for n in nodes]
    tell(keeps, signal.SIGSTOP)
    for node in nodes:
        kill(node, "etcd")
    return lambda: tell(keeps, signal.SIGCONT), 12


def primary_cut():
    """network of the primary's machine cut for 15 s"""
    node = primary()
    link(node, "down")
    return lambda: link(node, "up"), 15


def filtered(chain):
    node = primary()
    must(inside(node, "iptables", "-I", chain, *(["-i"] if chain == "INPUT" else ["-o"]), "eth0", "-j", "DROP"))
    return lambda: must(inside(node, "iptables", "-F", chain)), 15


def primary_deaf():
    """asymmetric cut for 15 s: the primary's machine sends, but hears nothing"""
    return filtered("INPUT")


def primary_mute():
    """asymmetric cut for 15 s: the primary's machine hears, but sends nothing"""
    return filtered("OUTPUT")


def primary_paused():
    """SIGSTOP of the primary's PostgreSQL for 12 s, then SIGCONT"""
    stopped = pids(primary(), "postgres")
    tell(stopped, signal.SIGSTOP)
    return lambda: tell(stopped, signal.SIGCONT), 12


def machine_frozen():
    """every process of the primary's machine stopped for 15 s, then going on"""
    stopped = pids(primary())
    tell(stopped, signal.SIGSTOP)
    return lambda: tell(stopped, signal.SIGCONT), 15


def standby_killed():
    """kill -9 of a synchronous standby's PostgreSQL"""
    tell([postmaster(standby())], signal.SIGKILL)
    return nothing, 5


def standby_cut():
    """network of a synchronous standby's machine cut for 12 s"""
    node = standby()
    link(node, "down")
    return lambda: link(node, "up"), 12


def standby_paused():
    """SIGSTOP of a synchronous standby's PostgreSQL for 12 s"""
    stopped = pids(standby(), "postgres")
    tell(stopped, signal.SIGSTOP)
    return lambda: tell(stopped, signal.SIGCONT), 12


def disk_full():
    """the disk of the primary full for 12 s, its WAL cannot grow"""
    node = primary()
    ballast = f"{HOME}/{node}/disk/ballast"
    free = os.statvfs(f"{HOME}/{node}/disk")
    with open(ballast, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(free.f_bavail - 16, 1) * free.f_frsize)
    # Segments that were written before are used again: use them up.
    for _ in range(24):
        try:
            sql(node, "select pg_logical_emit_message(false, 'chaos', 'full'); select pg_switch_wal()", timeout=2)
        except (RuntimeError, subprocess.TimeoutExpired):
            break
    return lambda: os.remove(ballast), 12


def switchover():
    """planned switchover to a synchronous standby"""
    for _ in range(5):
        node, other = primary(), standby()
        # The Patroni that is asked answers when it is done. 503: etcd has just come back and does not take the order yet.
        answer = cluster.ask(node, "/switchover", {"leader": node, "candidate": other}, timeout=30)
        if answer is not None and answer[0] == 200:
            return nothing, 4
        if answer is None or answer[0] != 503 or "DCS" not in answer[1]:
            break
        time.sleep(2)
    raise RuntimeError(f"switchover: {answer}")


def khop_killed():
    """kill -9 of a khop server"""
    kill(random.choice(WITH_KHOP), "khop")
    return nothing, 4


def balancer_killed():
    """kill -9 of the HAProxy between a khop server and the database"""
    kill(random.choice(WITH_KHOP), "haproxy")
    return nothing, 4


ALL = [postgres_killed, primary_cut, machine_frozen, switchover, patroni_dead, khop_killed, standby_killed, disk_full, etcd_killed,
       primary_deaf, primary_paused, standby_cut, patroni_killed, primary_mute, etcd_without_majority, standby_paused,
       balancer_killed]
