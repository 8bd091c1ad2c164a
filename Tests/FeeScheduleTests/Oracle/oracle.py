"""An independent reading of the money rules, the plainest way: every row is looked at for every question, in fractions.

Reads one JSON document {"cases": [{"catalogue": {...}, "requests": [...]}]} and prints the answers as JSON."""
import json
import sys
from fractions import Fraction
from datetime import date, timedelta


def in_force(row, day):
    return row["valid_from"] <= day and (row["valid_to"] == "" or day <= row["valid_to"])


def next_day(day):
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def row_of(catalogue, code, day):
    found = [r for r in catalogue["localities"] if r["code"] == code and in_force(r, day)]
    return found[0] if found else None


def unit_of(catalogue, code, day):
    row = row_of(catalogue, code, day)
    if row:
        return row
    ended = [r for r in catalogue["localities"] if r["code"] == code and r["valid_to"] != "" and r["valid_to"] < day]
    if not ended:
        return None
    row = max(ended, key=lambda r: r["valid_to"])
    while not in_force(row, day):
        successors = [s for s in row["successor_code"].split(";") if s]
        if len(successors) != 1:
            return row
        row = row_of(catalogue, successors[0], next_day(row["valid_to"]))
    return row


def chain(catalogue, row, day):
    """Codes from the unit upwards. Every test unit is in force on the day or stands alone."""
    codes = [row["code"]]
    while in_force(row, day) and row["parent_code"]:
        row = row_of(catalogue, row["parent_code"], day)
        if row is None:
            break
        codes.append(row["code"])
    return codes


def half_up(value):
    doubled = value * 2 + 1
    return doubled.numerator // (doubled.denominator * 2)


def list_amount(fee, quantity, base):
    if fee["calculation"] == "percent":
        amount = half_up(Fraction(base) * Fraction(fee["percent"]) / 100)
    elif fee["calculation"] == "tiered":
        amount = 0
        for number in range(1, quantity + 1):
            for tier in fee["tiers"].split(";"):
                bounds, price = tier.split(":")
                first, last = bounds.split("-")
                if int(first) <= number and (last == "" or number <= int(last)):
                    amount += int(price)
    else:
        amount = int(fee["amount"]) * quantity
    if fee["minimum"] != "":
        amount = max(amount, int(fee["minimum"]))
    if fee["maximum"] != "":
        amount = min(amount, int(fee["maximum"]))
    return amount


def matches(rule, fee, codes, day):
    return (in_force(rule, day) and rule["kind"] in ("", fee["kind"])
            and rule["procedure_code"] in ("", fee["procedure_code"]) and rule["fee_code"] in ("", fee["fee_code"])
            and (rule["locality_code"] == "" or rule["locality_code"] in codes))


def benefit(method, value, amount, quantity):
    if method == "percent":
        gain = half_up(Fraction(amount) * value / 100)
    elif method == "amount_off":
        gain = value * quantity
    else:
        gain = amount - value * quantity
    return max(0, min(gain, amount))


def assess(catalogue, request):
    agency = [a for a in catalogue["agencies"] if a["code"] == request["agency_code"]][0]
    day = request["day"]
    unit = unit_of(catalogue, agency["locality_code"], day)
    if unit is None:
        return "refused"
    codes = chain(catalogue, unit, day)

    def price(fee_code):
        rows = [f for f in catalogue["fees"] if f["fee_code"] == fee_code and in_force(f, day)]
        for code in codes + [""]:
            for row in rows:
                if row["locality_code"] == code:
                    return row
        return None

    if request["items"] is None:
        wanted = sorted({f["fee_code"] for f in catalogue["fees"] if f["procedure_code"] == request["procedure_code"]})
        items = []
        for code in wanted:
            fee = price(code)
            if fee and fee["calculation"] != "percent":
                items.append((fee, 1, None))
    else:
        items = []
        for item in request["items"]:
            fee = price(item["fee_code"])
            if fee is None or fee["procedure_code"] != request["procedure_code"]:
                return "refused"
            base = item.get("base_amount")
            if (fee["calculation"] == "percent") != (base is not None):
                return "refused"
            if fee["calculation"] == "percent" and item["quantity"] != 1:
                return "refused"
            items.append((fee, item["quantity"], base))
    lines = []
    for fee, quantity, base in items:
        amount = list_amount(fee, quantity, base)
        candidates = []
        for rule in catalogue["reductions"]:
            if matches(rule, fee, codes, day) and rule["payer_category"] in ("", request["payer_category"]):
                candidates.append((-benefit("percent", int(rule["percent"]), amount, quantity), 0, rule["reduction_code"]))
        on = [d for d in catalogue["discounts"] if matches(d, fee, codes, day) and request["channel"] in d["channels"].split(";")]
        for rule in on:
            if rule["cumulative"] != "true":
                candidates.append((-benefit(rule["method"], int(rule["value"]), amount, quantity), 1, rule["discount_code"]))
        applied, remaining = [], amount
        if candidates:
            gain, kind, code = min(candidates)
            if gain < 0:
                applied.append([["reduction", "discount"][kind], code, -gain])
                remaining += gain
        for rule in sorted((d for d in on if d["cumulative"] == "true"), key=lambda d: d["discount_code"]):
            gain = benefit(rule["method"], int(rule["value"]), remaining, quantity)
            if gain > 0:
                applied.append(["discount", rule["discount_code"], gain])
                remaining -= gain
        lines.append([fee["fee_code"], quantity, amount, applied, remaining])
    return {"lines": lines, "due": sum(line[4] for line in lines),
            "discount": sum(a[2] for line in lines for a in line[3] if a[0] == "discount")}


document = json.load(sys.stdin)
print(json.dumps([[assess(case["catalogue"], request) for request in case["requests"]] for case in document["cases"]]))
