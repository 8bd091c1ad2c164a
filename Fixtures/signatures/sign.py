"""Signs messages as the providers' documents say, with nothing but Python's standard library.

Reads one JSON object a line, {profile, secret, body|parameters, …}, and writes one a line, {method, query, headers, body}.
An independent implementation: it shares no code with the one under test.
"""
import base64, hashlib, hmac, json, sys, urllib.parse


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


for line in sys.stdin.buffer:
    job = json.loads(line)
    headers, body = globals()[job["profile"]](job)
    query = body if job["profile"] == "vnpay" and job.get("method", "GET") == "GET" else "a=b" if job["profile"] == "rfc9421" else ""
    print(json.dumps({"method": job.get("method", "GET" if job["profile"] == "vnpay" else "POST"), "query": query,
                      "headers": headers, "body": "" if query == body else body}))
