"""The persons of the finance office, who accept their invitations and log in as anybody does."""
import json
import re
import urllib.parse

import signing
from service import Refused


class Member:
    """A person with a password and an authenticator."""

    def __init__(self, key, name, email, role, password):
        self.key, self.name, self.email, self.role, self.password = key, name, email, role, password
        self.secret = None
        self.recovery = []
        self.token = None

    def accept(self, service, clock, link):
        """Opens the invitation and fills its form in."""
        path = urllib.parse.urlsplit(link).path
        status, _, page = service.send("GET", path, {"Accept-Language": "en"})
        shown = re.search(r'class="code">([A-Z2-7 ]+)<', page.decode())
        if status != 200 or not shown:
            raise Refused(f"the invitation of {self.name}: {status}")
        self.secret = shown.group(1).replace(" ", "")
        form = urllib.parse.urlencode({"password": self.password, "repeated": self.password,
                                       "code": signing.one_time_code(self.secret, clock.now())})
        status, _, page = service.send("POST", path, {
            "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept-Language": "en",
        }, form.encode())
        if status != 200:
            raise Refused(f"the invitation of {self.name} was not taken: {status} {page.decode()[:1000]}")
        self.recovery = re.findall(r'<li class="code">([^<]+)</li>', page.decode())

    def log_in(self, service, clock):
        """A session whose second factor is fresh."""
        body = {"email": self.email, "password": self.password, "code": signing.one_time_code(self.secret, clock.now())}
        status, _, answer = service.send("POST", "/v1/sessions", {"Content-Type": "application/json"}, json.dumps(body).encode())
        if status != 201:
            raise Refused(f"the login of {self.name}: {status} {answer.decode()}")
        self.token = json.loads(answer)["token"]

    def log_out(self, service):
        service.call(self.token, "DELETE", "/v1/sessions/current", accept=(200, 204))
        self.token = None

    @property
    def secrets(self):
        """What its owner keeps."""
        return (f"{self.name} ({self.role})   {self.email}   password {self.password}\n"
                f"authenticator   otpauth://totp/Khop:{urllib.parse.quote(self.email)}?secret={self.secret}&issuer=Khop\n"
                f"recovery codes  {' '.join(self.recovery)}\n")
