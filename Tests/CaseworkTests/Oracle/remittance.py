"""Random collections and orders, and what is to be remitted of them by when: an independent reading of docs/remittance.md.

Deadlines are found by walking the calendar hour by hour, sums by adding up one payment after the other.
"""
import random
import sys
from datetime import datetime, timedelta
from fractions import Fraction

EPOCH = datetime(1970, 1, 1)
HOURS = [8, 9, 10, 11, 13, 14, 15, 16]


def works(day, holidays, weekend):
    return day not in holidays and (EPOCH + timedelta(days=day)).weekday() not in weekend


def next_working(day, holidays, weekend):
    while not works(day, holidays, weekend):
        day += 1
    return day


def midnight_after(day):
    """The end of a day in Vietnam, in seconds since 1970."""
    return (day + 1) * 86400 - 7 * 3600


def working_hours(day, hour, holidays, weekend):
    """Counts eight working hours from an hour of a day, and returns when the last of them ends."""
    left = 8
    at = datetime(1970, 1, 1) + timedelta(days=day, hours=hour)
    while left:
        number = (at - EPOCH).days
        if works(number, holidays, weekend) and at.hour in HOURS:
            left -= 1
        at += timedelta(hours=1)
    return at


def deadline(calendar, day, hour, holidays, weekend):
    """The seconds at which money is late."""
    date = EPOCH + timedelta(days=day)
    if calendar == 0 or calendar == 1:
        last = day
        target = 3 if calendar == 0 else 0
        # The week after.
        while (EPOCH + timedelta(days=last)).weekday() != 0:
            last -= 1
        last += 7
        while (EPOCH + timedelta(days=last)).weekday() != target:
            last += 1
        end = midnight_after(next_working(last, holidays, weekend))
        return end
    if calendar == 2:
        first = datetime(date.year + (date.month == 12), date.month % 12 + 1, 1)
        last = (first - EPOCH).days + 4
        end = midnight_after(next_working(last, holidays, weekend))
        return end
    at = working_hours(day, hour, holidays, weekend)
    return int((at - EPOCH).total_seconds()) - 7 * 3600


def half_up(share):
    return (2 * share.numerator + share.denominator) // (2 * share.denominator)


def world(rng):
    base = (datetime(2026, 1, 1) - EPOCH).days
    holidays = {base + rng.randrange(0, 400) for _ in range(rng.randrange(0, 25))}
    # Tet: a week.
    tet = base + rng.randrange(20, 50)
    holidays |= set(range(tet, tet + 7))
    weekend = rng.choice([set(), {6}, {5, 6}])
    parts, ordered = [], {}
    month = rng.randrange(1, 13)
    start = (datetime(2026, month, 1) - EPOCH).days
    rates = [0, 0, 8500, 3333, 1, 9999, 10000]
    for _ in range(rng.randrange(0, 30)):
        place = (rng.randrange(2), rng.randrange(2), rng.randrange(2), rng.randrange(4))
        rate = rng.choice(rates)
        amount = rng.randrange(1, 400) * rng.choice([1, 500, 1000])
        parts.append((place, rate, amount, rng.randrange(4), min(start + rng.randrange(0, 31), base + 364), rng.randrange(24)))
    for _ in range(rng.randrange(0, 6)):
        place = (rng.randrange(2), rng.randrange(2), rng.randrange(2), rng.randrange(4))
        ordered[place] = ordered.get(place, 0) + rng.randrange(1, 300) * 1000
    return holidays, weekend, parts, ordered


def judge(holidays, weekend, parts, ordered):
    items = []
    places = sorted({p[0] for p in parts} | set(ordered))
    for place in places:
        own = [(deadline(p[3], p[4], p[5], holidays, weekend), p) for p in parts if p[0] == place]
        collected = sum(p[2] for _, p in own)
        share = sum((Fraction(p[2] * p[1], 10000) for _, p in own), Fraction(0))
        retained = half_up(share)
        taken = ordered.get(place, 0)
        due = collected - retained - taken
        # What is due by each deadline, all that came before being paid first.
        marks = sorted({d for d, _ in own})
        told = []
        before = 0
        for mark in marks:
            c = sum(p[2] for d, p in own if d <= mark)
            s = half_up(sum((Fraction(p[2] * p[1], 10000) for d, p in own if d <= mark), Fraction(0)))
            open_by = max(0, c - s - taken)
            if open_by > before:
                told.append((mark, open_by - before))
                before = open_by
        items.append((place, collected, retained, taken, due, told))
    return items


def main():
    seed, count, first = (int(a) for a in sys.argv[1:4])
    out = []
    for number in range(first, first + count):
        rng = random.Random(seed * 1000003 + number)
        holidays, weekend, parts, ordered = world(rng)
        out.append(f"{len(holidays)} " + " ".join(str(d) for d in sorted(holidays)))
        out.append(f"{len(weekend)} " + " ".join(str(d) for d in sorted(weekend)) if weekend else "0")
        out.append(str(len(parts)))
        for place, rate, amount, calendar, day, hour in parts:
            out.append(" ".join(str(n) for n in (*place, rate, amount, calendar, day, hour)))
        out.append(str(len(ordered)))
        for place, amount in sorted(ordered.items()):
            out.append(" ".join(str(n) for n in (*place, amount)))
        items = judge(holidays, weekend, parts, ordered)
        out.append(str(len(items)))
        for place, collected, retained, taken, due, told in items:
            out.append(" ".join(str(n) for n in (*place, collected, retained, taken, due)))
            out.append(str(len(told)))
            for mark, amount in told:
                out.append(f"{mark} {amount}")
    print("\n".join(out))


if __name__ == "__main__":
    main()
