"""The drill behind ops/restore-drill. Standard library only; it ends by itself, and removes only what it made."""
import argparse
import base64
import datetime
import glob
import hashlib
import hmac
import http.client
import json
import os
import pwd
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser(description="Restore the backups into a second place, and verify what came out.")
parser.add_argument("--khop", required=True, help="the program")
parser.add_argument("--small", action="store_true", help="with a little history of its own, for every build")
parser.add_argument("--config", default=os.environ.get("KHOP_BACKUP_CONFIG", "/etc/pgbackrest.conf"), help="of pgBackRest")
parser.add_argument("--to", help="an empty folder for the restored copy (a new one in /var/tmp)")
parser.add_argument("--moment", help="restore to this time (2026-11-30 18:00:00+07), not to the last payment")
parser.add_argument("--seals", help="KHOP_SEAL_FOLDER of the service: its seals.jsonl must agree with the copy")
parser.add_argument("--payments", type=int, default=150, help="with --small: payments between two steps (150)")
options = parser.parse_args()
BIN = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
ROOT = os.geteuid() == 0
ACCOUNT = "0801000567890"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
steps, faults, started = {}, [], time.time()
environment = {k: v for k, v in os.environ.items() if not k.startswith(("KHOP", "PG"))}


def say(text):
    print(f"[{time.time() - started:5.1f} s] {text}", file=sys.stderr)


def run(*command, check=True, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)[:300]}: {done.stdout}{done.stderr}")
    return done


def as_owner(owner):
    if not ROOT or owner == "root":
        return []
    return ["setpriv", f"--reuid={owner}", f"--regid={pwd.getpwnam(owner).pw_gid}", "--init-groups", "--"]


def timed(name, work):
    begun = time.time()
    value = work()
    steps[name] = round(time.time() - begun, 1)
    say(f"{name}: {steps[name]} s")
    return value


def settings_of(config):
    with open(config) as file:
        return dict(line.strip().split("=", 1) for line in file if "=" in line and not line.startswith("#"))


class Copy:
    """What is restored, with a PostgreSQL that nobody reaches but through its socket."""

    def __init__(self, folder, config, keys):
        self.folder, self.config, self.keys = folder, config, keys
        self.owner = pwd.getpwuid(os.stat(config).st_uid).pw_name
        self.data, self.socket, self.home = folder + "/data", folder + "/s", folder + "/home"
        for path in (folder, self.data, self.socket, self.home):
            os.makedirs(path, mode=0o700, exist_ok=True)
            if ROOT:
                shutil.chown(path, self.owner)
        # pgBackRest and khop may be of two users: who enters may pass.
        os.chmod(folder, 0o711)
        os.chmod(self.socket, 0o711)
        with open(folder + "/hba", "w") as file:
            file.write("local all all peer map=drill\n")
        with open(folder + "/ident", "w") as file:
            me = pwd.getpwuid(os.geteuid()).pw_name
            file.writelines(f'drill "{u}" {r}\n' for u in {self.owner, me} for r in ("khop", "postgres", "khop_app", "khop_owner"))
        os.chmod(folder + "/hba", 0o644)
        os.chmod(folder + "/ident", 0o644)

    def restore(self, moment=None):
        kind = [f"--target={moment}", "--type=time", "--target-action=promote"] if moment else []
        return run(*as_owner(self.owner), "pgbackrest", f"--config={self.config}", "--stanza=khop", f"--pg1-path={self.data}",
                   "--archive-mode=off", *kind, "restore", check=False, cwd="/")

    def start(self):
        with open(self.data + "/postgresql.auto.conf", "a") as file:
            file.write("\n# Of the drill: nothing but a socket, and no word to anybody.\n")
            file.writelines(f"{name} = '{value}'\n" for name, value in {
                "listen_addresses": "", "unix_socket_directories": self.socket, "port": "5432", "ssl": "off", "archive_mode": "off",
                "synchronous_standby_names": "", "primary_conninfo": "", "hba_file": self.folder + "/hba",
                "ident_file": self.folder + "/ident", "shared_buffers": "128MB", "logging_collector": "off"}.items())
        # Patroni gives these as options of the command line, and a copy must have room for as many as the primary had.
        run(*as_owner(self.owner), BIN + "/pg_ctl", "-D", self.data, "-l", self.home + "/log", "-w", "-t", "3600", "-o",
            "-c max_connections=200 -c max_worker_processes=16 -c max_wal_senders=20 -c listen_addresses=''", "start", cwd="/")
        until = time.time() + 3600
        while self.sql("select pg_is_in_recovery()") != "f":
            if time.time() > until:
                raise RuntimeError("the copy does not come out of recovery")
            time.sleep(0.2)

    def sql(self, text, role="khop_owner"):
        return run("psql", f"postgresql://{role}@/khop?host={self.socket}", "-XqAtc", text).stdout.strip()

    def khop(self, *arguments):
        more = {"KHOP_SEAL_FOLDER": options.seals} if options.seals else {}
        return run(options.khop, *arguments, check=False, env=dict(
            environment, KHOP_HOME=self.home, KHOP_DATABASE_URL=f"postgresql://khop_app@/khop?host={self.socket}", **self.keys, **more))

    def verify(self):
        for what in ("ledger", "seal"):
            done = timed(f"khop {what} verify", lambda: self.khop(what, "verify", "--json"))
            if done.returncode:
                faults.append(f"khop {what} verify: {(done.stdout + done.stderr)[-800:]}")

    def remove(self):
        if os.path.exists(self.data + "/postmaster.pid"):
            run(*as_owner(self.owner), BIN + "/pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False, cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)


def new_folder(name):
    folder = tempfile.mkdtemp(prefix=f"khop-{name}-", dir="/var/tmp")
    os.chmod(folder, 0o711)
    return folder


def drill():
    """The backups of an installation, restored beside it."""
    known = settings_of(options.config)
    folder = options.to or new_folder("drill")
    if options.to and os.path.exists(folder) and os.listdir(folder):
        raise SystemExit(f"{folder} is not empty")
    keys = {n: os.environ[n] for n in ("KHOP_SECRET_KEY_FILE", "KHOP_SEAL_KEY_FILE") if n in os.environ}
    copy = Copy(folder, options.config, keys)
    try:
        done = timed("restore", lambda: copy.restore(options.moment))
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        timed("recovery", copy.start)
        copy.verify()
        size = int(copy.sql("select pg_database_size('khop')"))
        last = copy.sql("select max(received_at) from bank_notice")
        return {"repository": known.get("repo1-path"), "database_bytes": size, "last_payment": last}
    finally:
        copy.remove()


class Little:
    """An installation of its own with a little history, for --small."""

    def __init__(self):
        self.home = new_folder("small")
        self.env = dict(environment, KHOP_HOME=self.home, KHOP_LOG_LEVEL="error", KHOP_LANG="en")
        self.secret, self.sent, self.server = os.urandom(32), 0, None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def khop(self, *arguments, check=True, **more):
        return run(options.khop, *arguments, check=check, env=dict(self.env, **more))

    def begin(self):
        self.khop("database", "start")
        self.url = self.khop("database", "url", "--as", "superuser").stdout.strip()
        self.khop("migrate")
        self.khop("catalogue", "import", "Fixtures/catalogue")
        self.khop("connection", "add", "drill", "--profile", "standard", "--account", ACCOUNT, "--secret-env", "DRILL_SECRET",
                  DRILL_SECRET="whsec_" + base64.b64encode(self.secret).decode())

    def sql(self, text, stdin=None):
        return run("psql", self.url, "-XqAt", "-v", "ON_ERROR_STOP=1", *(["-f", "-"] if stdin else ["-c", text]), input=stdin).stdout

    def serve(self):
        allow = ["--allow-root"] if ROOT else []
        self.server = subprocess.Popen([options.khop, "serve", *allow], env=dict(self.env, KHOP_PORT=str(self.port)),
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                if self.request("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError("the service did not come up")

    def end_service(self):
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.server.wait(60)

    def request(self, method, path, body=None, headers={}):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def pay(self, count):
        """Requests, and a signed callback for each, which must be acknowledged."""
        made = []
        for _ in range(count):
            body = "".join(random.choices(ALPHABET, k=12))
            made.append(f"RF{98 - int(''.join(str(int(c, 36)) for c in body + 'RF00')) % 97:02d}{body}")
        self.sql("", "begin; create temp table made (reference text) on commit drop; copy made from stdin;\n" + "\n".join(made)
                 + f"""\n\\.
            insert into payment_request (id, reference, token, dossier_code, agency_code, procedure_code, channel, assessed_on,
                amount_due, discount_total, status, expires_at, created_at, bank_bin, account_number, account_name,
                revenue_account, catalogue_version, lines)
            select gen_random_uuid(), reference, 'drill-' || reference, 'D', 'H44.01', '1.004222', 'online', current_date, 10000,
                10000, 'pending', now() + interval '1 day', now(), '970436', '{ACCOUNT}', 'A',
                (select id from ledger_account where kind = 'revenue' and owner = 'H44.01'),
                (select max(id) from catalogue_version), '[]' from made;
            commit;\n""")
        for ref in made:
            self.sent += 1
            self.call(self.sent, ref)

    def call(self, number, ref):
        now = str(int(time.time()))
        body = json.dumps({"transaction_id": f"FT{number}", "amount": 10000, "currency": "VND", "account_number": ACCOUNT,
                           "direction": "credit", "status": "success", "memo": f"CK {ref}",
                           "occurred_at": datetime.datetime.now(datetime.timezone.utc).isoformat()})
        code = hmac.new(self.secret, f"m{number}.{now}.{body}".encode(), hashlib.sha256).digest()
        status, text = self.request("POST", "/v1/callbacks/drill", body, {
            "webhook-id": f"m{number}", "webhook-timestamp": now, "content-type": "application/json",
            "webhook-signature": "v1," + base64.b64encode(code).decode()})
        if status != 200:
            raise RuntimeError(f"a callback was answered {status} {text[:200]!r}")
        return json.loads(text)["outcome"]

    def backup(self, *arguments, check=True):
        return run("ops/backup", *arguments, check=check, env=dict(self.env, KHOP=options.khop))

    def remove(self):
        self.end_service()
        self.khop("database", "stop", check=False)
        shutil.rmtree(self.home, ignore_errors=True)


def settled(copy):
    return int(copy.sql("select count(*) from bank_notice where outcome = 'settled'"))


def expect(is_so, text):
    say(("as it should be: " if is_so else "NOT SO: ") + text)
    if not is_so:
        faults.append(text)


def change_a_block(repository):
    """Flips a bit in the middle of the largest file of the newest backup; gives its name."""
    files = [f for f in glob.glob(repository + "/backup/khop/*/**", recursive=True)
             if os.path.isfile(f) and "manifest" not in f and "/latest/" not in f]
    path = max(files, key=os.path.getsize)
    with open(path, "r+b") as file:
        file.seek(os.path.getsize(path) // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 0x10]))
    return os.path.relpath(path, repository)


def small():
    little, folders = Little(), []
    sealed, config = little.home + "/keys.sealed", little.home + "/backup/pgbackrest.conf"

    def copy_of(name):
        folders.append(new_folder(name))
        return Copy(folders[-1], config, {"KHOP_SECRET_KEY_FILE": folders[-1] + "/secret.key",
                                          "KHOP_SEAL_KEY_FILE": folders[-1] + "/seal.key"})
    try:
        timed("installation", little.begin)
        timed("archiving", lambda: little.backup("setup"))
        little.serve()
        timed("payments", lambda: little.pay(options.payments))
        timed("full backup", lambda: little.backup("full"))
        little.pay(options.payments)
        little.khop("seal", "now")
        at_moment, moment = little.sent, little.sql("select clock_timestamp()").strip()
        time.sleep(1)
        little.pay(options.payments)
        little.khop("seal", "now")
        timed("incremental backup", lambda: little.backup("incr"))
        little.pay(20)
        little.khop("seal", "now")
        whole = little_verify(config)
        expect(whole.returncode == 0 and "verify command end" in whole.stdout + whole.stderr, "the repository is whole")
        # The keys have a backup of their own, for whoever holds the other half of a certificate.
        holder = little.home + "/holder"
        run("openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-days", "30", "-subj", "/CN=holder",
            "-keyout", holder + ".key", "-out", holder + ".crt")
        little.backup("keys", sealed, holder + ".crt")
        little.end_service()
        run("psql", little.url, "-Xqc", "select pg_switch_wal()")
        time.sleep(2)
        little.khop("database", "stop")
        # The machine burns: what is left is the repository, the sealed keys, and the holder's key.
        for path in ("postgres", "secret.key", "seal.key", "seals"):
            target = os.path.join(little.home, path)
            shutil.rmtree(target) if os.path.isdir(target) else os.path.exists(target) and os.remove(target)
        say("destroyed: data, keys and seals")

        copy = copy_of("restored")
        tar = subprocess.run(["openssl", "cms", "-decrypt", "-inform", "DER", "-in", sealed, "-recip", holder + ".crt", "-inkey",
                              holder + ".key"], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-C", copy.folder, "-x"], input=tar, check=True)
        done = timed("restore", copy.restore)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        timed("recovery", copy.start)
        expect(settled(copy) == little.sent, f"all {little.sent} acknowledged payments are back")
        copy.verify()
        # With the keys of the backup the service opens the secret of the connection, and knows what it has.
        little.env = dict(little.env, KHOP_HOME=copy.home, KHOP_DATABASE_URL=f"postgresql://khop_app@/khop?host={copy.socket}",
                          **copy.keys)
        little.serve()
        found = copy.sql("select reference from payment_request where status = 'paid' limit 1")
        number = int(copy.sql("select substr(n.provider_transaction_id, 3) from bank_notice n join payment_request r "
                              f"on r.id = n.payment_request_id where r.reference = '{found}'"))
        expect(little.call(number, found) == "duplicate", "a callback sent again is a duplicate, its signature verified")
        little.end_service()

        earlier = copy_of("moment")
        for name in ("secret.key", "seal.key"):
            if os.path.exists(f"{copy.folder}/{name}"):
                shutil.copy(f"{copy.folder}/{name}", f"{earlier.folder}/{name}")
        done = timed("restore to a moment", lambda: earlier.restore(moment))
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        timed("recovery to a moment", earlier.start)
        expect(settled(earlier) == at_moment, f"at {moment} there were {at_moment} payments")
        earlier.verify()

        changed = change_a_block(settings_of(config)["repo1-path"])
        said = little_verify(config)
        expect(said.returncode == 1 and "invalid checksum" in said.stdout + said.stderr, f"a changed bit in {changed} is noticed: {last_words(said)}")
        spoilt = copy_of("spoilt")
        done = spoilt.restore()
        expect(done.returncode != 0, f"and it is not restored: {last_words(done)}")
        return {"payments": little.sent}
    finally:
        for folder in folders:
            for pid in glob.glob(folder + "/data/postmaster.pid"):
                run(*as_owner(pwd.getpwuid(os.stat(pid).st_uid).pw_name), BIN + "/pg_ctl", "-D", folder + "/data", "-m", "immediate",
                    "-w", "stop", check=False, cwd="/")
            shutil.rmtree(folder, ignore_errors=True)
        little.env.pop("KHOP_DATABASE_URL", None)
        little.env["KHOP_HOME"] = little.home
        little.remove()


def little_verify(config):
    return run("ops/backup", "verify", check=False, env=dict(environment, KHOP_BACKUP_CONFIG=config))


def last_words(done):
    words = [line for line in (done.stdout + done.stderr).splitlines() if re.search("ERROR|error|invalid|==>", line)]
    return (words or ["?"])[0].strip()[:200]


try:
    told = small() if options.small else drill()
except RuntimeError as error:
    told = {}
    faults.append(str(error)[-1500:])
print(json.dumps({"ok": not faults, "seconds": round(time.time() - started, 1), "steps": steps, **told, "faults": faults}, indent=2))
sys.exit(1 if faults else 0)
