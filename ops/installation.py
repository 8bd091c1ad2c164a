"""An installation of its own for ops/soak and ops/observe/try: a cluster, a service and a connection, in a folder that is removed
afterwards. Loopback alone; it ends only what it started. Standard library only."""
import base64
import datetime
import glob
import hashlib
import hmac
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ACCOUNT = "0801000567890"  # of the agency H44.01 in Fixtures/catalogue
OTHER = "9990012345678"  # of H44.02
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def callback(connection, secret, account, transaction, ref, amount):
    """The path, body and headers of a bank's message."""
    now, name = str(int(time.time())), "m" + transaction
    body = json.dumps({"transaction_id": transaction, "amount": amount, "currency": "VND", "account_number": account,
                       "direction": "credit", "status": "success", "memo": f"MBVCB.{ref}.LE PHI",
                       "occurred_at": datetime.datetime.now(datetime.timezone.utc).isoformat()}).encode()
    code = hmac.new(secret, f"{name}.{now}.".encode() + body, hashlib.sha256).digest()
    return f"/v1/callbacks/{connection}", body, {"webhook-id": name, "webhook-timestamp": now, "content-type": "application/json",
                                                "webhook-signature": "v1," + base64.b64encode(code).decode()}


class Installation:
    def __init__(self, khop, name, folder="/var/tmp", **settings):
        self.program, self.home = khop, tempfile.mkdtemp(prefix=f"khop-{name}-", dir=folder)
        os.chmod(self.home, 0o755)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KHOP", "PG"))}
        self.port, self.metrics_port = free_port(), free_port()
        self.env = {**kept, "KHOP_HOME": self.home, "KHOP_LOG_LEVEL": "warning", "KHOP_LANG": "en", "KHOP_PORT": str(self.port),
                    "KHOP_METRICS_PORT": str(self.metrics_port), **settings}
        self.process = None

    def khop(self, *arguments, **more):
        done = subprocess.run([self.program, *arguments], env={**self.env, **more}, capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            raise RuntimeError(f"khop {' '.join(arguments)}: {done.stdout}{done.stderr}")
        return done.stdout

    def begin(self):
        self.khop("database", "start")
        self.url = self.khop("database", "url", "--as", "superuser").strip()
        self.khop("migrate")
        self.khop("catalogue", "import", "Fixtures/catalogue")

    def connect(self, name, account):
        """A connection that a bank reports through; gives its secret."""
        secret = os.urandom(32)
        self.khop("connection", "add", name, "--profile", "standard", "--account", account, "--secret-env", "BANK_SECRET",
                  BANK_SECRET="whsec_" + base64.b64encode(secret).decode())
        return secret

    def key(self, role):
        return json.loads(self.khop("key", "create", "--role", role, "--name", role, "--json"))["key"]

    def sql(self, text):
        return subprocess.run(["psql", self.url, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", text], check=True, capture_output=True,
                              text=True).stdout.strip()

    def serve(self):
        as_root = ["--allow-root"] if os.geteuid() == 0 else []
        with open(self.home + "/serve.log", "a") as log:
            self.process = subprocess.Popen([self.program, "serve", *as_root], env=self.env, stdout=subprocess.DEVNULL, stderr=log, cwd=ROOT)
        for _ in range(300):
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("the service did not come up: " + self.log()[-500:])

    def log(self):
        with open(self.home + "/serve.log", errors="replace") as file:
            return file.read()

    def ask(self, method, path, body=None, headers={}, port=None):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def memory(self):
        """Megabytes that the service holds now."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) / 1024

    def database_processor(self):
        """Seconds of processor that the cluster's processes have used, those that ended included."""
        with open(glob.glob(self.home + "/**/postmaster.pid", recursive=True)[0]) as file:
            postmaster = int(file.readline())
        total = 0
        for path in glob.glob("/proc/[0-9]*/stat"):
            try:
                with open(path) as file:
                    text = file.read()
            except OSError:
                continue
            fields = text.rsplit(")", 1)[1].split()
            if int(text.split(" ", 1)[0]) == postmaster:
                total += sum(map(int, fields[11:15]))
            elif int(fields[1]) == postmaster:
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def processor(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(60)

    def remove(self):
        self.stop()
        try:
            self.khop("database", "stop")
        except RuntimeError:
            pass
        shutil.rmtree(self.home, ignore_errors=True)
