"""The set-up of ops/ha/run, as its faults see it: who is the primary, which processes are whose. Standard library only."""
import http.client
import json
import os
import random
import signal
import ssl
import subprocess

HOME = os.environ["KHOP_HA_HOME"]
PREFIX = os.environ["KHOP_HA_PREFIX"]
NET = os.environ["KHOP_HA_NET"]
NODES = {"n1": f"{NET}.11", "n2": f"{NET}.12", "n3": f"{NET}.13"}
FRONT = f"{NET}.10"
WITH_KHOP = ["n1", "n2"]

trust = ssl.create_default_context(cafile=f"{HOME}/ca.crt")
orders = ssl.create_default_context(cafile=f"{HOME}/ca.crt")
orders.load_cert_chain(f"{HOME}/n1/etc/node.crt", f"{HOME}/n1/etc/node.key")


def inside(node, *command, **more):
    more.setdefault("timeout", 60)
    return subprocess.run(["ip", "netns", "exec", f"{PREFIX}-{node}", *command], capture_output=True, text=True, **more)


def must(done):
    if done.returncode:
        raise RuntimeError(f"{done.args}: {done.stdout}{done.stderr}")
    return done.stdout


def ask(node, path, body=None, timeout=1.5):
    """What the Patroni of a node answers: (status, text), or None if nothing."""
    connection = http.client.HTTPSConnection(NODES[node], 8008, timeout=timeout, context=orders if body else trust)
    try:
        connection.request("POST" if body else "GET", path, json.dumps(body) if body else None)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except OSError:
        return None
    except http.client.HTTPException:
        return None
    finally:
        connection.close()


def leaders():
    return [n for n in NODES if (ask(n, "/primary") or (0,))[0] == 200]


def members():
    """Of each node its role and state, as the first Patroni that answers sees them."""
    for node in NODES:
        found = ask(node, "/cluster")
        if found and found[0] == 200:
            return {m["name"]: m for m in json.loads(found[1])["members"]}
    return {}


def synchronous():
    """A synchronous standby, any of them."""
    found = [n for n, m in members().items() if m["role"] == "sync_standby"]
    return random.choice(found) if found else None


def is_whole():
    """One primary, two synchronous standbys, and both khop servers ready: None; else what is missing."""
    known = members()
    roles = sorted(m["role"] for m in known.values())
    if roles != ["leader", "sync_standby", "sync_standby"]:
        return f"roles {roles}"
    lines = {m.get("timeline") for m in known.values()}
    if len(lines) != 1 or any(m["state"] not in ("running", "streaming") for m in known.values()):
        return "states " + ", ".join(f"{n} {m['role']} {m['state']} {m.get('timeline')}" for n, m in known.items())
    behind = [n for n, m in known.items() if m["role"] != "leader" and not isinstance(m.get("lag"), int)]
    if behind:
        return f"lag of {behind}"
    primary = leaders()
    if len(primary) != 1:
        return f"primaries {primary}"
    streaming = sql(primary[0], "select count(*) from pg_stat_replication where state = 'streaming'", timeout=5)
    if streaming.strip() != "2":
        return f"{streaming.strip()} standbys stream"
    for node in WITH_KHOP:
        connection = http.client.HTTPSConnection(NODES[node], 8443, timeout=3, context=trust)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status != 200:
                return f"khop on {node} is not ready"
        except (OSError, http.client.HTTPException) as error:
            return f"khop on {node}: {error}"
        finally:
            connection.close()
    return None


def pids(node, *names):
    """The processes of a node by their names; of all, without one. Those that start others again are called `keep`."""
    found = []
    for pid in map(int, inside(node, "ip", "netns", "pids", f"{PREFIX}-{node}").stdout.split()):
        try:
            with open(f"/proc/{pid}/comm") as file:
                name = file.read().strip()
            with open(f"/proc/{pid}/cmdline") as file:
                words = file.read().split("\0")
        except OSError:
            continue
        if any(w.endswith("ops/ha/keep") for w in words[:3]):
            name = "keep"
        elif len(words) > 1 and words[1] == "/usr/bin/patroni":
            name = "patroni"
        if not names or name in names:
            found.append(pid)
    return found


def tell(numbers, how):
    for pid in numbers:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            pass


def postmaster(node):
    with open(f"{HOME}/{node}/disk/pg/postmaster.pid") as file:
        pid = int(file.readline())
    if pid not in pids(node, "postgres"):
        raise RuntimeError(f"the postmaster of {node} is not there")
    return pid


def keeper(node, name):
    with open(f"{HOME}/{node}/run/{name}.keep") as file:
        return int(file.read())


def kill(node, *names):
    tell(pids(node, *names), signal.SIGKILL)


def as_user(user):
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]


def sql(node, text, stdin=None, timeout=60, database="khop"):
    return must(inside(node, *as_user("postgres"), "psql", "-h", f"{HOME}/{node}/run", "-U", "postgres", "-d", database, "-qAtX",
                       "-v", "ON_ERROR_STOP=1", *(["-f", "-"] if stdin is not None else ["-c", text]),
                       input=stdin, timeout=timeout))


def khop(node, *arguments, check=True, **more):
    """A command of khop on a node, with the configuration of the service."""
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **more}
    with open(f"{HOME}/{node}/etc/khop.env") as file:
        env.update(line.strip().split("=", 1) for line in file if line.strip() and not line.startswith("#"))
    done = inside(node, "env", "-i", *[f"{k}={v}" for k, v in env.items()], *as_user("khop"), f"{HOME}/khop", *arguments, timeout=600)
    return must(done) if check else done
