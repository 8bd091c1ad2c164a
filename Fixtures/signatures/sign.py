"""Signs messages as the providers' documents say, with nothing but Python's standard library.

Reads one JSON object a line, {profile, secret, body|parameters, …}, and writes one a line, {method, query, headers, body}.
An independent implementation: it shares no code with the one under test.
"""
import base64, hashlib, hmac, json, os, subprocess, sys, tempfile, urllib.parse


def mac(secret, message, algorithm="sha256"):
    return hmac.new(secret, message, algorithm)


def raw(value):
    if value is None or value in ("null", "undefined"):
        return ""
    if isinstance(value, list):
        ordered = [dict(sorted(item.items())) if isinstance(item, dict) else item for item in value]
        return json.dumps(ordered, separators=(",", ":"), ensure_ascii=False)
    return value if isinstance(value, str) else json.dumps(value)


def standard(job):
    key = base64.b64decode(job["secret"].removeprefix("whsec_"))
    signed = f'{job["id"]}.{job["time"]}.'.encode() + job["body"].encode()
    code = base64.b64encode(mac(key, signed).digest()).decode()
    return {"webhook-id": job["id"], "webhook-timestamp": str(job["time"]), "webhook-signature": "v1," + code}, job["body"]


def timestamped(job):
    code = mac(job["secret"].encode(), f'{job["time"]}.'.encode() + job["body"].encode()).hexdigest()
    return {job.get("header", "x-signature"): f'v0=00,t={job["time"]},v1={"0" * 64},v1={code}'}, job["body"]


def payos(job):
    data = json.loads(job["body"])
    text = "&".join(f"{name}={raw(data[name])}" for name in sorted(data))
    code = mac(job["secret"].encode(), text.encode()).hexdigest()
    envelope = {"code": "00", "desc": "success", "success": True, "data": data, "signature": code}
    return {}, json.dumps(envelope, ensure_ascii=job.get("escaped", False))


def vnpay(job):
    parameters = {name: value for name, value in json.loads(job["body"]).items() if value != ""}
    text = "&".join(f"{quote(name)}={quote(parameters[name])}" for name in sorted(parameters))
    code = mac(job["secret"].encode(), text.encode(), "sha512").hexdigest()
    everything = list(parameters.items()) + [("vnp_SecureHashType", "HmacSHA512"), ("vnp_SecureHash", code.upper()), ("other", "1")]
    # Sent in another order and with %20 for spaces: the receiver must encode anew.
    return {}, "&".join(f"{name}={urllib.parse.quote(value, safe='')}" for name, value in reversed(everything))


def quote(text):
    # PHP's urlencode, which unlike Python's quote_plus escapes the tilde.
    return urllib.parse.quote_plus(text).replace("~", "%7E")


MOMO = ("amount extraData message orderId orderInfo orderType partnerCode payType requestId responseTime resultCode "
        "transId").split()


def momo(job):
    access, secret = job["secret"].split(":", 1)
    body = json.loads(job["body"])
    text = f"accessKey={access}&" + "&".join(f"{name}={body[name]}" for name in MOMO)
    body["signature"] = mac(secret.encode(), text.encode()).hexdigest()
    return {}, json.dumps(body, ensure_ascii=False)


def zalopay(job):
    code = mac(job["secret"].encode(), job["body"].encode()).hexdigest()
    return {}, json.dumps({"data": job["body"], "mac": code, "type": 1})


def casso(job):
    body = json.loads(job["body"])
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii="ascii" in job.get("form", ""))
    if "slashes" in job.get("form", ""):
        text = text.replace("/", "\\/")
    if "markup" in job.get("form", ""):
        text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    code = mac(job["secret"].encode(), f'{job["time"]}.{text}'.encode(), "sha512").hexdigest()
    return {"x-casso-signature": f't={job["time"]},v1={code}'}, json.dumps(body, indent=2)


def rfc9421(job):
    digest = base64.b64encode(hashlib.sha256(job["body"].encode()).digest()).decode()
    headers = {"content-type": "application/json", "content-digest": f"sha-512=:AAAA:, sha-256=:{digest}:"}
    components = job.get("components", ["@method", "@target-uri", "content-digest", "content-type"])
    values = {"@method": "POST", "@target-uri": "http://127.0.0.1:8080/v1/callbacks/bank?a=b", "@path": "/v1/callbacks/bank",
              "@authority": "127.0.0.1:8080", "@query": "?a=b", "@scheme": "http", **headers}
    parameters = f'({" ".join(json.dumps(name) for name in components)});created={job["time"]}' + job.get(
        "parameters", ';keyid="bank";alg="hmac-sha256"')
    base = "".join(f'"{name}": {values[name]}\n' for name in components) + f'"@signature-params": {parameters}'
    code = base64.b64encode(mac(base64.b64decode(job["secret"]), base.encode()).digest()).decode()
    return {**headers, "signature-input": f"sig1={parameters}", "signature": f"sig1=:{code}:"}, job["body"]


class Written(str):
    """A number as it was written."""


def written(text):
    return json.loads(text, parse_int=Written, parse_float=Written)


def text(value):
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def with_field(body, name, value):
    """The object as it was written, with one more member."""
    inner = body.rstrip()[1:-1].strip()
    return "{" + (inner + ", " if inner else "") + f"{json.dumps(name)}: {json.dumps(value)}}}"


def form(fields):
    return "&".join(f"{urllib.parse.quote(name, safe='')}={urllib.parse.quote(value, safe='')}" for name, value in fields)


def sha256(*parts):
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def sepay(job):
    code = mac(job["secret"].encode(), f'{job["time"]}.'.encode() + job["body"].encode()).hexdigest()
    return {"x-sepay-signature": "sha256=" + code, "x-sepay-timestamp": str(job["time"])}, job["body"]


def onepay(job):
    fields = {name: text(value) for name, value in written(job["body"]).items()}
    names = sorted(name for name, value in fields.items() if value and name.startswith(("vpc_", "user_")))
    signed = "&".join(f"{name}={fields[name]}" for name in names)
    code = mac(bytes.fromhex(job["secret"]), signed.encode()).hexdigest().upper()
    return {}, form(list(fields.items()) + [("vpc_SecureHash", code), ("vpc_SecureHashType", "SHA256"), ("other", "1")])


def ninepay(job):
    result = base64.urlsafe_b64encode(job["body"].encode()).decode().rstrip("=")
    return {}, form([("result", result), ("checksum", sha256(result, job["secret"]).upper()), ("version", "1")])


VNPTPAY = ("ACTION RESPONSE_CODE MERCHANT_SERVICE_ID MERCHANT_ORDER_ID AMOUNT CURRENCY_CODE VNPTPAY_TRANSACTION_ID "
           "PAYMENT_METHOD PAY_DATE ADDITIONAL_INFO").split()
PLATFORM = ("LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD "
            "ThongTinGiaoDich").split()


def glued(job, names, signature):
    fields = written(job["body"])
    code = sha256("|".join([text(fields.get(name)) for name in names] + [job["secret"]]))
    return {}, with_field(job["body"], signature, code)


def vnptpay(job):
    return glued(job, VNPTPAY, "SECURE_CODE")


def national_platform(job):
    return glued(job, PLATFORM, "MaXacThuc")


def viettel(job):
    access, key = job["secret"].split(":", 1)
    fields = written(job["body"])
    names = ("billcode", "merchant_code", "order_id", "payment_status", "trans_amount", "vt_transaction_id")
    signed = access + "".join(text(fields.get(name)) for name in names)
    digest = mac(key.encode(), signed.encode(), "sha1").digest()
    code = base64.b64encode(digest).decode() if job.get("form") == "base64" else digest.hex()
    return {}, with_field(job["body"], "check_sum", code)


def keypay(job):
    fields = {name: text(value) for name, value in written(job["body"]).items()}
    code = sha256(job["secret"], *(fields[name] for name in sorted(fields) if fields[name]))
    return {}, form(list(fields.items()) + [("secure_hash", code.upper())])


def keypay3(job):
    fields = written(job["body"])
    names = ("addition_fee", "client_id", "command", "trans_amount", "transaction_id", "version")
    signed = "|".join(text(fields.get(name)) for name in names)
    return {}, with_field(job["body"], "check_sum", mac(job["secret"].encode(), signed.encode()).hexdigest())


def vietqr(job):
    fields = written(job["body"])
    signed = (text(fields.get("transactionId")) + text(fields.get("amount")).rjust(10, "0")
              + text(fields.get("transactionTime")) + text(fields.get("orderId")))
    return {}, with_field(job["body"], "signature", mac(job["secret"].encode(), signed.encode()).hexdigest())


def rsa(pem, message):
    """By the program of OpenSSL: Python's library has no RSA."""
    with tempfile.NamedTemporaryFile("w") as key:
        key.write(pem)
        key.flush()
        os.chmod(key.name, 0o600)
        return subprocess.run(["openssl", "dgst", "-sha256", "-sign", key.name], input=message, capture_output=True,
                              check=True).stdout


def vietinbank(job):
    """The secret's private key is the bank's as well: there is one pair in the tests."""
    fields = written(job["body"])
    signed = "".join(text(fields.get(name)) for name in ("transId", "transTime", "custCode", "amount", "bankTransId",
                                                         "remark"))
    private = job["secret"][job["secret"].index("-----BEGIN PRIVATE"):]
    return {}, with_field(job["body"], "signature", base64.b64encode(rsa(private, signed.encode())).decode())


def appotapay(job):
    fields = {name: text(value) for name, value in written(job["body"]).items()}
    # What is nested or a truth value is no field of theirs.
    given = {name: value for name, value in written(job["body"]).items()
             if value is None or isinstance(value, str)}
    signed = "&".join(f"{name}={fields[name]}" for name in sorted(given))
    return {}, with_field(job["body"], "signature", mac(job["secret"].encode(), signed.encode()).hexdigest())


def shopeepay(job):
    code = base64.b64encode(mac(job["secret"].encode(), job["body"].encode()).digest()).decode()
    return {"x-airpay-req-h": code}, job["body"]


SIGNERS = dict(globals(), **{"9pay": ninepay, "national-platform": national_platform})
BY_GET = ("vnpay", "onepay")
for line in sys.stdin.buffer:
    job = json.loads(line)
    headers, body = SIGNERS[job["profile"]](job)
    is_query = job["profile"] in BY_GET and job.get("method", "GET") == "GET"
    query = body if is_query else "a=b" if job["profile"] == "rfc9421" else ""
    print(json.dumps({"method": job.get("method", "GET" if job["profile"] in BY_GET else "POST"), "query": query,
                      "headers": headers, "body": "" if is_query else body}))
