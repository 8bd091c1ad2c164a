"""Callbacks with one mistake each, as engineers of banks make them, for the conformance lab.

Writes `COUNT` JSON objects, one a line: {profile, secret, mistake, method, query, headers, body, now}. Signs by itself, with
Python's standard library alone: `mistakes.py SEED COUNT`.
"""
import base64, hashlib, hmac, json, random, sys, urllib.parse

draw = random.Random(int(sys.argv[1]))
NOW = 1795228200
ACCOUNT = "0801000567890"
WORDS = "lệ phí hồ sơ nộp tiền chuyển khoản cấp lại giấy phép đăng ký thường trú Nguyễn Thị Ánh Đỗ a/b & c".split()
SECRET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def memo():
    return " ".join(draw.sample(WORDS, 4))


def dumps(value, **options):
    return json.dumps(value, ensure_ascii=False, **options)


def plain():
    return {"transaction_id": f"FT{draw.randrange(10**9)}", "status": "success", "amount": amount(), "currency": "VND",
            "account_number": ACCOUNT, "direction": "credit", "occurred_at": "2026-11-21T09:29:58+07:00", "memo": memo()}


def amount():
    return draw.randrange(1, 900) * 1000 + draw.randrange(1, 999)


def reference():
    return f"ORDER{draw.randrange(10**9)}"


def number():
    return str(draw.randrange(10**7, 10**8))


# profile: (kind, what it says, hash, is a glued hash: where, encoding)
def content(profile):
    money = amount()
    return {
        "standard": plain, "timestamped": plain,
        "sepay": lambda: {"id": int(number()), "gateway": "VCB", "transactionDate": "2026-11-21 09:29:58",
                          "accountNumber": ACCOUNT, "content": memo(), "transferType": "in", "transferAmount": money,
                          "referenceCode": "FT" + number()},
        "shopeepay": lambda: {"amount": money * 100, "merchant_ext_id": "S1", "reference_id": reference(), "status": 1,
                              "transaction_sn": number(), "note": memo()},
        "payos": lambda: {"orderCode": 77, "amount": money, "description": memo(), "accountNumber": ACCOUNT,
                          "reference": "FT" + number(), "transactionDateTime": "2026-11-21 09:29:58", "currency": "VND",
                          "code": "00", "desc": "Thành công", "counterAccountName": "", "paymentLinkId": number()},
        "vnpay": lambda: {"vnp_Amount": str(money * 100), "vnp_BankCode": "NCB", "vnp_OrderInfo": memo(),
                          "vnp_PayDate": "20261121092958", "vnp_ResponseCode": "00", "vnp_TmnCode": "TMN",
                          "vnp_TransactionNo": number(), "vnp_TransactionStatus": "00", "vnp_TxnRef": reference(),
                          "vnp_CardType": ""},
        "onepay": lambda: {"vpc_Amount": str(money * 100), "vpc_Merchant": "O1", "vpc_MerchTxnRef": reference(),
                           "vpc_OrderInfo": memo(), "vpc_TransactionNo": number(), "vpc_TxnResponseCode": "0",
                           "vpc_Card": ""},
        "appotapay": lambda: {"orderId": reference(), "amount": str(money), "appotapayTransId": number(),
                              "bankCode": "VCB", "currency": "VND", "errorCode": "0", "extraData": "",
                              "message": memo(), "partnerCode": "A1"},
        "momo": lambda: {"partnerCode": "M", "orderId": reference(), "requestId": "r1", "amount": money,
                         "orderInfo": memo(), "orderType": "momo_wallet", "transId": int(number()), "resultCode": 0,
                         "message": "ok", "payType": "qr", "responseTime": 1795228198000, "extraData": ""},
        "vnptpay": lambda: {"ACTION": "CONFIRM", "RESPONSE_CODE": "00", "MERCHANT_SERVICE_ID": "V1",
                            "MERCHANT_ORDER_ID": reference(), "AMOUNT": money, "CURRENCY_CODE": "VND",
                            "VNPTPAY_TRANSACTION_ID": number(), "PAYMENT_METHOD": "QR", "PAY_DATE": "20261121092958",
                            "ADDITIONAL_INFO": memo()},
        "national-platform": lambda: {"LoaiBanTin": "CONFIRM", "MaLoi": "00", "MaDoiTac": "H44",
                                      "MaThamChieu": reference(), "SoTien": money, "MaTienTe": "VND",
                                      "MaGiaoDich": number(), "MaNganHang": "970436", "ThoiGianGD": "20261121092958",
                                      "ThongTinGiaoDich": memo()},
        "viettel": lambda: {"billcode": "B" + number(), "merchant_code": "VTT", "order_id": reference(),
                            "payment_status": 1, "trans_amount": money, "vt_transaction_id": number()},
        "keypay3": lambda: {"addition_fee": 0, "client_id": "K3", "command": "notify", "trans_amount": money,
                            "transaction_id": reference(), "version": "3.0", "status": 0},
        "vietqr": lambda: {"transactionId": number(), "transactionTime": "1795228198000", "amount": money,
                           "content": memo(), "bankAccount": ACCOUNT, "transType": "C", "orderId": reference()},
    }[profile]()


VALUES = {
    "vnptpay": ("ACTION RESPONSE_CODE MERCHANT_SERVICE_ID MERCHANT_ORDER_ID AMOUNT CURRENCY_CODE VNPTPAY_TRANSACTION_ID "
                "PAYMENT_METHOD PAY_DATE ADDITIONAL_INFO", "|", "SECURE_CODE"),
    "national-platform": ("LoaiBanTin MaLoi MaDoiTac MaThamChieu SoTien MaTienTe MaGiaoDich MaNganHang ThoiGianGD "
                          "ThongTinGiaoDich", "|", "MaXacThuc"),
    "viettel": ("billcode merchant_code order_id payment_status trans_amount vt_transaction_id", "", "check_sum"),
    "keypay3": ("addition_fee client_id command trans_amount transaction_id version", "|", "check_sum"),
    "vietqr": ("transactionId amount transactionTime orderId", "", "signature"),
}
MOMO = ("amount extraData message orderId orderInfo orderType partnerCode payType requestId responseTime resultCode "
        "transId").split()
HASH = {"vnpay": "sha512", "viettel": "sha1"}
GLUED = {"vnptpay", "national-platform"}
BODY = {"standard", "timestamped", "sepay", "shopeepay"}
PAIRS = {"payos", "vnpay", "onepay", "appotapay", "momo"}
TIMED = {"standard", "timestamped", "sepay"}
ANYWAY = ["wrong_secret", "secret_with_line_break", "wrong_hash", "signature_cut", "signature_missing", "none"]


def mistakes(profile):
    yield from ANYWAY
    if profile not in ("viettel",):
        yield "signature_encoding"
    yield "mac_instead_of_hash" if profile in GLUED else "hash_instead_of_mac"
    if profile in BODY:
        yield from ["body_reserialised", "line_break_added", "byte_order_mark"]
    if profile in TIMED:
        yield from ["body_signed_alone", "timestamp_in_milliseconds", "stale", "clock_ahead"]
    if profile in ("sepay", "standard"):
        yield "signature_prefix"
    if profile in PAIRS:
        yield from ["values_not_encoded" if profile == "vnpay" else "values_encoded", "values_encoded_twice", "wrong_order",
                    "field_not_signed", "joined_otherwise"]
        yield "empty_values_kept" if profile in ("vnpay", "onepay") else "empty_values_dropped"
    if profile in VALUES:
        yield from ["joined_otherwise", "wrong_order", "field_not_signed"]
    if profile == "vietqr":
        yield "amount_not_padded"
    if profile in ("standard", "timestamped", "payos"):
        yield from ["amount_as_text", "amount_with_decimals"]
    if profile in ("standard", "timestamped", "payos", "vnptpay", "national-platform", "appotapay"):
        yield "currency"
    if profile in ("standard", "timestamped", "payos", "sepay", "vietqr"):
        yield "other_account"
    if profile in ("onepay",):
        yield "secret_not_decoded"
    if profile == "standard":
        yield from ["secret_not_decoded", "timestamp_not_signed"]
    if profile not in ("vnpay", "onepay"):
        yield "method"


def new_secret(profile):
    word = "".join(draw.choice(SECRET) for _ in range(24))
    return {"standard": "whsec_" + base64.b64encode(word.encode()).decode(), "onepay": word.encode().hex(),
            "momo": "ACCESS:" + word, "viettel": "ACCESS:" + word}.get(profile, word)


def key(profile, secret, mistake):
    if mistake == "secret_not_decoded":
        return secret.encode()
    if profile == "standard":
        return base64.b64decode(secret[6:])
    if profile == "onepay":
        return bytes.fromhex(secret)
    return secret.split(":", 1)[-1].encode()


def code(profile, signed, secret, mistake):
    if mistake == "wrong_secret":
        secret = new_secret(profile)
    algorithm = HASH.get(profile, "sha256")
    if mistake == "wrong_hash":
        algorithm = "sha512" if algorithm != "sha512" else "sha256"
    bytes_ = key(profile, secret, mistake)
    if mistake == "secret_with_line_break":
        bytes_ = (secret.split(":", 1)[-1] + "\n").encode()
    is_glued = profile in GLUED
    if mistake in ("mac_instead_of_hash", "hash_instead_of_mac"):
        is_glued = not is_glued
    if is_glued:
        joint = b"|" if profile in GLUED else b""
        return hashlib.new(algorithm, signed + joint + bytes_).digest()
    return hmac.new(bytes_, signed, algorithm).digest()


def text(value):
    return value if isinstance(value, str) else json.dumps(value)


def pairs(profile, fields, secret, mistake):
    names = right = MOMO if profile == "momo" else sorted(fields)
    if mistake == "wrong_order":
        names = list(fields)
        if [name for name in names if text(fields[name])] == [name for name in right if text(fields[name])]:
            names = list(reversed(names))
    drops = profile in ("vnpay", "onepay")
    if mistake in ("empty_values_kept", "empty_values_dropped"):
        drops = not drops
    left_out = draw.choice([name for name in names if text(fields[name])]) if mistake == "field_not_signed" else None
    encodings = 1 if profile == "vnpay" else 0
    encodings = {"values_not_encoded": 0, "values_encoded": 1, "values_encoded_twice": 2}.get(mistake, encodings)

    def written(word):
        for _ in range(encodings):
            word = urllib.parse.quote_plus(word).replace("~", "%7E")
        return word
    given = [name for name in names if name != left_out and (text(fields[name]) or not drops)]
    before = "accessKey=" + secret.split(":")[0] + "&" if profile == "momo" else ""
    joint = "|" if mistake == "joined_otherwise" else "&"
    return (before + joint.join(f"{written(name)}={written(text(fields[name]))}" for name in given)).encode()


def values(profile, fields, secret, mistake):
    names, joint, _ = VALUES[profile]
    names = names.split()
    if mistake == "wrong_order":
        place = draw.randrange(len(names) - 1)
        names[place], names[place + 1] = names[place + 1], names[place]
    if mistake == "field_not_signed":
        names.remove(draw.choice(names))
    if mistake == "joined_otherwise":
        joint = draw.choice([other for other in ["", "|", "&"] if other != joint])
    words = [text(fields[name]) for name in names]
    if profile == "vietqr" and mistake != "amount_not_padded":
        words = [word.rjust(10, "0") if name == "amount" else word for name, word in zip(names, words)]
    if profile == "viettel":
        words.insert(0, secret.split(":")[0])
    return joint.join(words).encode()


def spell(profile, digest, mistake):
    is_base64 = profile in ("standard", "shopeepay") or (profile == "viettel" and draw.random() < 0.5)
    if mistake == "signature_encoding":
        is_base64 = not is_base64
    if mistake == "signature_cut":
        digest = digest[:len(digest) // 2]
    return base64.b64encode(digest).decode() if is_base64 else draw.choice([digest.hex(), digest.hex().upper()])


def spoil(fields, mistake):
    """What is said wrongly, and signed as it should be."""
    def change(names, value):
        for name in names:
            if name in fields:
                fields[name] = value(fields[name])
    if mistake == "amount_as_text":
        change(["amount"], str)
    if mistake == "amount_with_decimals":
        change(["amount"], lambda money: money + 0.5)
    if mistake == "currency":
        change(["currency", "CURRENCY_CODE", "MaTienTe"], lambda _: "USD")
    if mistake == "other_account":
        change(["account_number", "accountNumber", "bankAccount"], lambda _: "999900001111")


def message(profile, mistake):
    fields, secret = content(profile), new_secret(profile)
    spoil(fields, mistake)
    headers, query, method = {}, "", "POST"
    seconds = NOW + {"stale": -3600, "clock_ahead": 3600}.get(mistake, draw.randrange(-60, 60))
    stamp = str(seconds * 1000 if mistake == "timestamp_in_milliseconds" else seconds)
    if profile in BODY:
        body = dumps(fields)
        signed = {"body_reserialised": dumps(fields, sort_keys=True, separators=(",", ":")),
                  "line_break_added": body + "\n", "byte_order_mark": "\ufeff" + body}.get(mistake, body)
        lead = {"standard": f"msg_1.{stamp}.", "timestamped": stamp + ".", "sepay": stamp + "."}.get(profile, "")
        if mistake == "body_signed_alone":
            lead = ""
        if mistake == "timestamp_not_signed":
            lead = "msg_1."
        digest = code(profile, (lead + signed).encode(), secret, mistake)
        word = spell(profile, digest, mistake)
        if profile == "standard":
            headers = {"webhook-id": "msg_1", "webhook-timestamp": stamp,
                       "webhook-signature": word if mistake == "signature_prefix" else "v1," + word}
            name = "webhook-signature"
        elif profile == "timestamped":
            headers, name = {"x-signature": f"t={stamp},v1={word}"}, "x-signature"
        elif profile == "sepay":
            headers = {"x-sepay-timestamp": stamp,
                       "x-sepay-signature": word if mistake == "signature_prefix" else "sha256=" + word}
            name = "x-sepay-signature"
        else:
            headers, name = {"x-airpay-req-h": word}, "x-airpay-req-h"
        if mistake == "signature_missing":
            del headers[name]
    elif profile in PAIRS:
        word = spell(profile, code(profile, pairs(profile, fields, secret, mistake), secret, mistake), mistake)
        name = {"vnpay": "vnp_SecureHash", "onepay": "vpc_SecureHash"}.get(profile, "signature")
        signature = {} if mistake == "signature_missing" else {name: word}
        if profile == "payos":
            body = dumps({"code": "00", "desc": "success", "success": True, "data": fields, **signature})
        elif profile in ("vnpay", "onepay"):
            method, body = "GET", ""
            query = urllib.parse.urlencode({**fields, **signature})
        else:
            body = dumps({**fields, **signature})
    else:
        word = spell(profile, code(profile, values(profile, fields, secret, mistake), secret, mistake), mistake)
        body = dumps(fields if mistake == "signature_missing" else {**fields, VALUES[profile][2]: word})
    if mistake == "method":
        method = "PUT"
    return {"profile": profile, "secret": secret, "mistake": mistake, "method": method, "query": query, "headers": headers,
            "body": body, "now": NOW, "account": ACCOUNT}


profiles = sorted(BODY | PAIRS | set(VALUES))
everything = [(profile, mistake) for profile in profiles for mistake in mistakes(profile)]
for index in range(int(sys.argv[2])):
    profile, mistake = everything[index % len(everything)]
    print(json.dumps(message(profile, mistake)))
