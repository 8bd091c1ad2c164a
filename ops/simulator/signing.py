"""How banks and gateways sign what they report: see docs/http-api.md, "What is signed, by example"."""
import base64
import hashlib
import hmac
import json
import urllib.parse

import clock


def plain(account, transfer):
    return json.dumps({
        "transaction_id": transfer["id"], "amount": transfer["amount"], "currency": "VND", "account_number": account,
        "direction": "credit", "status": "success", "occurred_at": clock.text(transfer["at"]), "memo": transfer["memo"],
    }, ensure_ascii=False)


def standard(secret, account, transfer, now):
    body = plain(account, transfer)
    name = "msg_" + transfer["id"]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    code = base64.b64encode(hmac.digest(key, f"{name}.{int(now)}.{body}".encode(), "sha256")).decode()
    return "POST", "", {"webhook-id": name, "webhook-timestamp": str(int(now)), "webhook-signature": "v1," + code}, body


def timestamped(secret, account, transfer, now):
    body = plain(account, transfer)
    code = hmac.digest(secret.encode(), f"{int(now)}.{body}".encode(), "sha256").hex()
    return "POST", "", {"x-signature": f"t={int(now)},v1={code}"}, body


def casso(secret, account, transfer, now):
    body = {"error": 0, "data": {
        "id": int(hashlib.sha256(transfer["id"].encode()).hexdigest()[:10], 16), "reference": transfer["id"],
        "description": transfer["memo"], "amount": transfer["amount"], "runningBalance": 0,
        "transactionDateTime": clock.text(transfer["at"])[:19].replace("T", " "), "accountNumber": account,
        "bankName": "VCB",
    }}
    signed = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    code = hmac.digest(secret.encode(), f"{int(now * 1000)}.{signed}".encode(), "sha512").hex()
    return "POST", "", {"x-casso-signature": f"t={int(now * 1000)},v1={code}"}, json.dumps(body, ensure_ascii=False)


MERCHANT = "KHOPDEMO"


def vnpay(secret, account, transfer, now):
    digits = "".join(letter for letter in clock.text(transfer["at"])[:19] if letter.isdigit())
    fields = {
        "vnp_Amount": str(transfer["amount"] * 100), "vnp_BankCode": transfer["bank"], "vnp_OrderInfo": transfer["memo"],
        "vnp_PayDate": digits, "vnp_ResponseCode": "00", "vnp_TmnCode": MERCHANT, "vnp_TransactionNo": transfer["id"],
        "vnp_TransactionStatus": "00", "vnp_TxnRef": transfer["reference"],
    }
    signed = "&".join(f"{name}={urllib.parse.quote_plus(fields[name])}" for name in sorted(fields))
    code = hmac.digest(secret.encode(), signed.encode(), "sha512").hex()
    return "GET", f"?{signed}&vnp_SecureHash={code}", {}, ""


PROFILES = {"standard": standard, "timestamped": timestamped, "casso": casso, "vnpay": vnpay}


def one_time_code(secret, now):
    """RFC 6238: the six digits that an authenticator shows."""
    step = int(now) // 30
    padded = secret + "=" * (-len(secret) % 8)
    digest = hmac.digest(base64.b32decode(padded), step.to_bytes(8, "big"), "sha1")
    offset = digest[19] & 15
    return f"{(int.from_bytes(digest[offset:offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"
