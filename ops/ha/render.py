"""The configuration of every machine, from the templates and a list of hosts. Standard library only.

    python3 ops/ha/render.py HOSTS FOLDER           for machines of their own: FOLDER/n1/…, to be copied there
    python3 ops/ha/render.py HOSTS FOLDER --here    for namespaces of this one: every path lies below FOLDER/n1
"""
import ipaddress
import os
import re
import secrets
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ON_NODES = ["etcd.env", "patroni.yml", "pgbackrest.conf"]
WITH_KHOP = ["haproxy-node.cfg", "khop.env", "khop-owner.env"]
PASSWORDS = ["replication", "rewind", "app", "owner", "repository"]


def read_hosts(path):
    """Gives (name, address, whether khop runs there) of each node, and the address of the front."""
    nodes, front = [], None
    with open(path) as file:
        for number, line in enumerate(file, 1):
            words = line.split("#")[0].split()
            if not words:
                continue
            if len(words) not in (2, 3) or (len(words) == 3 and words[2] != "khop"):
                raise SystemExit(f"{path}:{number}: a line is NAME ADDRESS [khop]")
            if not re.fullmatch(r"[a-z][a-z0-9-]{0,9}", words[0]):
                raise SystemExit(f"{path}:{number}: a name is of a-z, 0-9 and -, 10 characters at most")
            address = str(ipaddress.ip_address(words[1]))
            if words[0] == "front":
                front = address
            else:
                nodes.append((words[0], address, len(words) == 3))
    if len(nodes) < 3 or len(nodes) % 2 == 0:
        raise SystemExit(f"{path}: three nodes, or five: an even number, or one, cannot decide")
    if front is None or sum(k for _, _, k in nodes) < 2:
        raise SystemExit(f"{path}: a front and two nodes with khop are needed")
    return nodes, front


def read_passwords(folder):
    """Made once; later runs find the same."""
    path = os.path.join(folder, "passwords")
    if os.path.exists(path):
        with open(path) as file:
            return dict(line.split() for line in file if line.strip())
    made = {name: secrets.token_urlsafe(32) for name in PASSWORDS}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.writelines(f"{name} {value}\n" for name, value in made.items())
    return made


def fill(template, values):
    with open(os.path.join(HERE, "templates", template)) as file:
        text = file.read()
    text = re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], text)
    return text


def values_of(name, address, nodes, front, passwords, root):
    """What the templates ask for. With a root every path lies below it, else where Debian's packages look."""
    def at(here, real):
        return f"{root}/{here}" if root else real
    addresses = [a for _, a, _ in nodes]
    wide = next(n for bits in range(30, -1, -1)
                for n in [ipaddress.ip_network(f"{addresses[0]}/{bits}", strict=False)]
                if all(ipaddress.ip_address(a) in n for a in addresses)) if ":" not in addresses[0] else None
    check = "check port 8008 check-ssl verify required ca-file @CERTIFICATES@/ca.crt"
    certificates = at("etc", "/etc/khop-ha")
    return {
        "NAME": name, "ADDRESS": address, "FRONT": front, "CERTIFICATES": certificates,
        "NETWORK": str(wide) if wide else "samenet",
        "ETCD_DATA": at("disk/etcd", "/var/lib/etcd/khop"),
        "ETCD_CLUSTER": ",".join(f"{n}=https://{a}:2380" for n, a, _ in nodes),
        "ETCD_HOSTS": ",".join(f"{a}:2379" for a in addresses),
        "PG_DATA": at("disk/pg", "/var/lib/postgresql/15/khop"), "PG_RUN": at("run", "/var/run/postgresql"),
        "PG_BUFFERS": "48MB" if root else "4GB", "WAL_KEEP": "64MB" if root else "2GB",
        "WAL_SLOT": "256MB" if root else "20GB", "WAL_MAXIMUM": "192MB" if root else "8GB",
        "PGBACKREST": at("etc/pgbackrest.conf", "/etc/pgbackrest.conf"), "PGBACKREST_RUN": at("run", "/var/lib/pgbackrest"),
        "ARCHIVE": os.path.join(os.path.dirname(root), "archive") if root else "/etc/khop-ha/archive",
        "REPOSITORY": os.path.join(os.path.dirname(root), "repository") if root else "/srv/khop-backup",
        "PASSWORD_REPLICATION": passwords["replication"], "PASSWORD_REWIND": passwords["rewind"],
        "PASSWORD_REPOSITORY": passwords["repository"],
        "HAPROXY_RUN": at("run", "/run/haproxy"),
        "DATABASE_SERVERS": "\n".join(f"    server {n} {a}:5432 {check}".replace("@CERTIFICATES@", certificates)
                                      for n, a, _ in nodes),
        "KHOP_SERVERS": "\n".join(f"    server {n} {a}:8443 check" for n, a, khop in nodes if khop),
        "DATABASE_HOSTS": ",".join(f"{a}:5432" for a in addresses),
        "KHOP_HOME": at("khop", "/var/lib/khop"), "KHOP_SECRETS": at("secret", "/etc/khop-ha/secret"),
        "KHOP_PASSFILE": at("secret/app.pass", "/etc/khop-ha/secret/app.pass"),
        "OWNER_PASSFILE": at("secret/owner.pass", "/etc/khop-ha/secret/owner.pass"),
        "PUBLIC_URL": "https://pay.khop.internal",
    }


def write(path, text, mode=0o640):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    os.chmod(path, mode)


def main():
    if len(sys.argv) not in (3, 4) or (len(sys.argv) == 4 and sys.argv[3] != "--here"):
        raise SystemExit(__doc__)
    hosts, folder, here = sys.argv[1], os.path.abspath(sys.argv[2]), len(sys.argv) == 4
    os.makedirs(folder, mode=0o711, exist_ok=True)
    nodes, front = read_hosts(hosts)
    passwords = read_passwords(folder)
    for name, address, khop in [*nodes, ("front", front, False)]:
        root = os.path.join(folder, name)
        values = values_of(name, address, nodes, front, passwords, root if here else None)
        files = ["haproxy-front.cfg"] if name == "front" else ON_NODES + (WITH_KHOP if khop else [])
        for file in files:
            write(f"{root}/etc/{file}", fill(file, values))
        if khop:
            write(f"{root}/secret/app.pass", f"*:*:khop:khop_app:{passwords['app']}\n", 0o600)
            write(f"{root}/secret/owner.pass", f"*:*:khop:khop_owner:{passwords['owner']}\n", 0o600)


main()
