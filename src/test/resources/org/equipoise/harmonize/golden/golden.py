"""Computes the golden tables beside it: python3 golden.py, in this folder.

Independent of the program: item keys come from scale-keys.csv, which was compiled from the sources it names;
what that table cannot say (limits of missing items, recoding, skips) is written out below, by hand, from the
publications. Exact fractions; no rule is read from jobs/instruments.

A table has one row a case: the answers i1 ... in (empty: no answer; na: does not apply), then every scale of the
instrument (empty: no score).
"""
import csv
from fractions import Fraction as F

KEYS = {}
for row in csv.DictReader(open("scale-keys.csv")):
    KEYS.setdefault(row["instrument"], {})[row["scale"]] = row


def numbers(text):
    return [int(t.lstrip("c")) for t in text.split()]


class Scale:
    """Items, reversed items, limit of missing items, and the unit: times and plus."""

    def __init__(self, items, reversed_=(), mean=False, limit=0, times=1, plus=0, zero=False, rounded=False,
                 left_out=False):
        self.items, self.reversed, self.mean, self.limit = list(items), set(reversed_), mean, limit
        self.times, self.plus, self.zero, self.rounded, self.left_out = F(times), F(plus), zero, rounded, left_out

    def score(self, a, ranges):
        own = [i for i in self.items if not (self.left_out and a[i] == "na")]
        there = [sum(ranges[i][:2]) - a[i] if i in self.reversed else a[i] for i in own if isinstance(a[i], int)]
        if not there or len(own) - len(there) > self.limit:
            return None
        if self.mean:
            raw = F(sum(there), len(there))
        elif self.zero:
            raw = F(sum(there))
        else:
            raw = F(sum(there), len(there)) * len(own)
        value = raw * self.times + self.plus
        if self.rounded and len(there) < len(own):
            value = F((value + F(1, 2)).__floor__())
        return value


def key(instrument, scale, limit, shift=0, **more):
    """A scale out of scale-keys.csv; a limit printed there must be the one written here."""
    row = KEYS[instrument][scale]
    assert row["max_missing"] in ("", str(limit)), (instrument, scale, row["max_missing"], limit)
    return Scale([i - shift for i in numbers(row["items"])], [i - shift for i in numbers(row["reversed_items"])],
                 row["aggregation"] == "mean", limit, **more)


class Positive:
    """Sum of the answers above 0 over their number; none positive: no score."""

    def __init__(self, n, limit):
        self.items, self.reversed, self.limit = list(range(1, n + 1)), set(), limit

    def score(self, a, ranges):
        there = [a[i] for i in self.items if isinstance(a[i], int)]
        above = [v for v in there if v > 0]
        if not there or len(self.items) - len(there) > self.limit or not above:
            return None
        return F(sum(above), len(above))


class Counted:
    """Sum or mean of what answers count as, by item; all must be there unless zero counts for the missing."""

    def __init__(self, tables, mean=False, limit=0):
        self.tables, self.items, self.reversed = tables, list(tables), set()
        self.mean, self.limit = mean, limit

    def score(self, a, ranges):
        there = [F(self.tables[i][a[i]]) for i in self.items if isinstance(a[i], int)]
        if not there or len(self.items) - len(there) > self.limit:
            return None
        return sum(there) / len(there) if self.mean else sum(there)


class Rule:
    """Anything else: a function of the answers."""

    def __init__(self, items, function, limit=0):
        self.items, self.reversed, self.limit, self.function = list(items), set(), limit, function

    def score(self, a, ranges):
        return self.function(a)


def every(a, items):
    return all(isinstance(a[i], int) for i in items)


def write(name, ranges, scales, form_limit=None, skips=(), more=()):
    """ranges: (least, greatest, step) by item; more: further cases as name and answers that differ from all least."""
    n = len(ranges)
    ranges = {i + 1: r if len(r) == 3 else (*r, 1) for i, r in enumerate(ranges)}
    least = {i: r[0] for i, r in ranges.items()}
    mixed = {i: r[0] + r[2] * ((7 * i + i // 4) % ((r[1] - r[0]) // r[2] + 1)) for i, r in ranges.items()}
    cases = [("all_minimum", dict(least)), ("all_maximum", {i: r[1] for i, r in ranges.items()}), ("mixed", mixed)]
    for i in sorted(set().union(*[s.reversed for s in scales.values()])):
        cases.append((f"reversed_{i}_alone", {**least, i: ranges[i][1]}))
    for code, s in scales.items():
        for word, k in (("allowed", s.limit), ("too_many", s.limit + 1)):
            if 0 < k <= len(s.items):
                cases.append((f"{code}_missing_{word}", {**mixed, **{i: None for i in s.items[-k:]}}))
    cases.append(("all_missing", {i: None for i in ranges}))
    for case, answers in more:
        cases.append((case, {**least, **answers}))
    with open(name.lower() + ".csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["case"] + [f"i{i}" for i in ranges] + list(scales))
        for case, a in cases:
            used = dict(a)
            for where, answer, items, count in skips:
                if all(used[i] == answer for i in where):
                    used.update({i: count for i in items if used[i] is None})
            missing = sum(not isinstance(v, int) for v in used.values())
            invalid = form_limit is not None and missing > form_limit
            scored = [None if invalid else s.score(used, ranges) for s in scales.values()]
            out.writerow([case] + ["" if v is None else v for v in a.values()]
                         + ["" if v is None else format(float(v), ".12g") for v in scored])


def one(low, high, n, step=1):
    return [(low, high, step)] * n


def tenth(items):
    return len(items) // 10


def simple(name, keys_name, n, low, high, scales, **options):
    """scales: our code -> (scale in scale-keys.csv, limit)."""
    write(name, one(low, high, n), {code: key(keys_name, s, limit) for code, (s, limit) in scales.items()}, **options)


# 1 Borderline personality disorder
simple("ZAN-BPD", "ZAN-BPD", 9, 0, 4, {"total": ("total", 1), "affective": ("affective", 0),
       "cognitive": ("cognitive", 0), "impulsive": ("impulsive", 0), "interpersonal": ("interpersonal", 0)})

counts = [("abandonment", 7), ("relationships", 8), ("identity", 8), ("impulsivity", 11), ("parasuicide", 13),
          ("affective_instability", 5), ("emptiness", 4), ("anger", 6), ("dissociation", 8)]
ranges, criteria, at = [], {}, 1
for code, k in counts:
    ranges += one(0, 4 if code == "identity" else 10, k)
    criteria[code] = Scale(range(at, at + k), mean=True, limit=k // 10, times="2.5" if code == "identity" else 1)
    at += k


def bpdsi(a):
    r = {i + 1: x for i, x in enumerate(ranges)}
    parts = [s.score(a, r) for s in criteria.values()]
    return None if None in parts else sum(parts)


write("BPDSI-IV", ranges, {**criteria, "total": Rule(range(1, 71), bpdsi)})
write("BSL-23", one(0, 4, 23), {"mean": key("BSL-23", "mean", 2), "sum": Scale(range(1, 24), limit=2)})
simple("PAI-BOR", "PAI-BOR", 24, 0, 3, {"total": ("total", 2), "ai": ("AI", 0), "ip": ("IP", 0), "nr": ("NR", 0),
                                        "sh": ("SH", 0)})
write("DSHI", one(0, 1, 17), {"methods": Scale(range(1, 18))})
write("BPD-CRITERIA", one(0, 1, 9), {"criteria": Scale(range(1, 10))})
write("MFQ", one(0, 2, 33), {"total": Scale(range(1, 34))})
write("DASS-21", one(0, 3, 21), {"depression": Scale([3, 5, 10, 13, 16, 17, 21], times=2),
                                 "anxiety": Scale([2, 4, 7, 9, 15, 19, 20], times=2),
                                 "stress": Scale([1, 6, 8, 11, 12, 14, 18], times=2)})

# 2 Depression and anxiety
simple("BDI-II", "BDI-II", 21, 0, 3, {"total": ("total", 4)})
simple("BDI-I", "BDI-I", 21, 0, 3, {"total": ("total", 4)})
half = {0: 0, 1: 0, 2: 1, 3: 1}
write("PHQ-9", one(0, 3, 9), {"total": key("PHQ-9", "total", 2),
      "symptoms": Counted({**{i: half for i in range(1, 9)}, 9: {0: 0, 1: 1, 2: 1, 3: 1}})},
      more=[("item_9_at_1", {9: 1}), ("item_8_at_1", {8: 1})])
write("PHQ-8", one(0, 3, 8), {"total": Scale(range(1, 9), limit=2)})
write("PHQ-2", one(0, 3, 2), {"total": Scale([1, 2])})
simple("GAD-7", "GAD-7", 7, 0, 3, {"total": ("total", 2)})
write("GAD-2", one(0, 3, 2), {"total": Scale([1, 2])})
ham = [(0, 4) if i in (1, 2, 3, 7, 8, 9, 10, 11, 15) else (0, 2) for i in range(1, 18)]
write("HAM-D17", ham, {"total": Scale(range(1, 18), limit=1)})
write("HAM-D21", ham + [(0, 2), (0, 4), (0, 4), (0, 2)],
      {"total17": Scale(range(1, 18), limit=1), "total21": Scale(range(1, 22), limit=2)})
simple("MADRS", "MADRS", 10, 0, 6, {"total": ("total", 1)})
write("MADRS-S", one(0, 6, 9), {"total": Scale(range(1, 10))})
write("STAI-Y1", one(1, 4, 20), {"total": key("STAI-Y1", "state", 2, rounded=True)})
write("STAI-Y2", one(1, 4, 20), {"total": key("STAI-Y2", "trait", 2, shift=20, rounded=True)},
      more=[("item_4_alone", {4: 4})])

# 3 General distress
NAMES = ["SOM", "OC", "INT", "DEP", "ANX", "HOS", "PHOB", "PAR", "PSY"]


def present(n, limit):
    return Counted({i: {0: 0, 1: 1, 2: 1, 3: 1, 4: 1} for i in range(1, n + 1)}, limit=limit)


write("SCL-90-R", one(0, 4, 90), {
    "gsi": key("SCL-90-R", "GSI", 18), "pst": present(90, 18), "psdi": Positive(90, 18),
    **{s.lower(): key("SCL-90-R", s, int(F(2, 5) * int(KEYS["SCL-90-R"][s]["n_items"]))) for s in NAMES}},
      form_limit=18, more=[("one_at_3", {1: 3}), ("two_answers", {1: 3, 90: 4})])
write("BSI-53", one(0, 4, 53), {
    "gsi": key("BSI-53", "GSI", 13), "pst": present(53, 13), "psdi": Positive(53, 13),
    **{s.lower(): key("BSI-53", s, 2 if s == "SOM" else 1) for s in NAMES},
    "dep_sum": key("BSI-53", "DEP_SUM", 0)}, form_limit=13)
core = key("CORE-OM", "total_mean", 3)
write("CORE-OM", one(0, 4, 34), {
    "clinical": Scale(core.items, core.reversed, True, 3, times=10), "mean": core,
    "non_risk": key("CORE-OM", "non_risk", 3), "wellbeing": key("CORE-OM", "wellbeing", 1),
    "problems": key("CORE-OM", "problems", 1), "functioning": key("CORE-OM", "functioning", 1),
    "risk": key("CORE-OM", "risk", 1), "risk_self": Scale([9, 16, 24, 34], mean=True),
    "risk_others": Scale([6, 22], mean=True)}, more=[("item_30_alone", {30: 4})])
simple("CORE-10", "CORE-10", 10, 0, 4, {"total": ("total", 1)})

# 4 Interpersonal, functioning, mentalizing, emotion regulation
OCTANTS = ["PA", "BC", "DE", "FG", "HI", "JK", "LM", "NO"]
for name, n in (("IIP-64", 64), ("IIP-32", 32), ("IIP-SC", 32), ("IIP-C-1990", 64)):
    write(name, one(0, 4, n), {"total": Scale(range(1, n + 1), mean=True, limit=n // 10),
                               **{o.lower(): key(name, o, 0) for o in OCTANTS}})
AREAS = list(KEYS["SAS-SR"])
areas = {a: key("SAS-SR", a, int(KEYS["SAS-SR"][a]["n_items"]) - 1, left_out=True) for a in AREAS}
write("SAS-SR", one(1, 5, 54), {"overall": Scale(range(1, 55), mean=True, limit=43, left_out=True), **areas}, more=[
    ("housework_only", {**{i: "na" for i in (*range(1, 7), *range(13, 19), *range(38, 51))},
                        **{i: 2 for i in range(7, 13)}, 19: 5}),
    ("student_blank_elsewhere", {**{i: None for i in (*range(1, 13), *range(38, 51))}, 13: 4, 14: None}),
    ("one_area_only", {**{i: None for i in range(1, 55) if not 19 <= i <= 29}, 19: 3}),
    ("one_area_less_one", {i: None for i in range(1, 55) if not 20 <= i <= 29})])


def not_working(a):
    return F(sum(a[i] for i in range(2, 6))) if a[1] == "na" and every(a, range(2, 6)) else None


write("WSAS", one(0, 8, 5), {"total": key("WSAS", "total", 0), "total_not_working": Rule(range(2, 6), not_working)},
      more=[("not_working_maximum", {1: "na", 2: 8, 3: 8, 4: 8, 5: 8}), ("not_working_some", {1: "na", 2: 3, 5: 6}),
            ("not_working_one_missing", {1: "na", 2: 3, 5: None})])
write("GAF", one(1, 100, 1), {"total": Scale([1])})
write("GAF-SPLIT", one(1, 100, 2), {
    "total": Rule([1, 2], lambda a: F(min(a[1], a[2])) if every(a, [1, 2]) else None),
    "symptoms": Scale([1]), "function": Scale([2])},
      more=[("symptoms_lower", {1: 45, 2: 61}), ("function_lower", {1: 70, 2: 50})])
write("CGI-S", one(1, 7, 1), {"total": Scale([1])})
CERTAIN = {1: 3, 2: 2, 3: 1, 4: 0, 5: 0, 6: 0, 7: 0}
UNCERTAIN = {1: 0, 2: 0, 3: 0, 4: 0, 5: 1, 6: 2, 7: 3}
assert numbers(KEYS["RFQ-8"]["RFQ_C"]["items"]) == [1, 2, 3, 4, 5, 6]
assert numbers(KEYS["RFQ-8"]["RFQ_U"]["items"]) == [2, 4, 5, 6, 7, 8]
write("RFQ-8", one(1, 7, 8), {
    "certainty": Counted({i: CERTAIN for i in range(1, 7)}, mean=True),
    "uncertainty": Counted({i: CERTAIN if i == 7 else UNCERTAIN for i in (2, 4, 5, 6, 7, 8)}, mean=True),
    "raw_sum": Scale(range(1, 9))},
      more=[(f"item_{i}_at_{v}", {**{j: 4 for j in range(1, 9)}, i: v}) for i in range(1, 9) for v in (1, 2, 3, 5, 6, 7)])
simple("DERS-36", "DERS-36", 36, 1, 5, {
    "total": ("total", 3), "nonacceptance": ("NONACCEPT", 0), "goals": ("GOALS", 0), "impulse": ("IMPULSE", 0),
    "awareness": ("AWARE", 0), "strategies": ("STRATEGIES", 0), "clarity": ("CLARITY", 0)})
simple("DERS-16", "DERS-16", 16, 1, 5, {
    "total": ("total", 1), "clarity": ("CLARITY", 0), "goals": ("GOALS", 0), "impulse": ("IMPULSE", 0),
    "strategies": ("STRATEGIES", 0), "nonacceptance": ("NONACCEPT", 0)})
simple("AAQ-II", "AAQ-II", 7, 1, 7, {"total": ("total", 0)})

# 5 Quality of life, service, substance, eating


def dolan(a):
    """1 - .081 if any problem - .269 if any severe - the levels' amounts (Dolan 1997)."""
    if not every(a, range(1, 6)):
        return None
    amounts = [(".069", ".314"), (".104", ".214"), (".036", ".094"), (".123", ".386"), (".071", ".236")]
    value = F(1)
    for level, (two, three) in zip(a.values(), amounts):
        value -= {1: F(0), 2: F(two), 3: F(three)}[level]
    return value - (F("0.081") if max(a.values()) > 1 else 0) - (F("0.269") if max(a.values()) > 2 else 0)


def state(text):
    return {i + 1: int(c) for i, c in enumerate(text)}


for text, published in (("11111", "1"), ("11112", ".848"), ("22222", ".516"), ("33333", "-.594")):
    assert dolan(state(text)) == F(published), text
write("EQ-5D-3L", one(1, 3, 5), {"index_uk": Rule(range(1, 6), dolan)},
      more=[(f"state_{s}", state(s)) for s in ("11112", "22222", "33333", "21232", "11131", "12111")])
write("EQ-VAS", one(0, 100, 1), {"total": Scale([1])})
write("BPFS-C", one(24, 120, 1), {"total": Scale([1])})

# RAND's table of what each answer counts as, and its scales. A published example: energy with answers 4 3 3 and a blank is
# (40 + 60 + 40) / 3.
RAND = {}
for items, values in (([1, 2, 20, 22, 34, 36], [100, 75, 50, 25, 0]), (range(3, 13), [0, 50, 100]),
                      (range(13, 20), [0, 100]), ([21, 23, 26, 27, 30], [100, 80, 60, 40, 20, 0]),
                      ([24, 25, 28, 29, 31], [0, 20, 40, 60, 80, 100]), ([32, 33, 35], [0, 25, 50, 75, 100])):
    for i in items:
        RAND[i] = dict(enumerate(values, 1))


def rand(items):
    scale = Counted({i: RAND[i] for i in items}, mean=True, limit=len(items) - 1)
    scale.reversed = {i for i in items if RAND[i][1] == 100}
    return scale


write("RAND-36", [(1, len(RAND[i])) for i in range(1, 37)],
      {"physical": rand(list(range(3, 13))), "role_physical": rand([13, 14, 15, 16]), "role_emotional": rand([17, 18, 19]),
       "energy": rand([23, 27, 29, 31]), "wellbeing": rand([24, 25, 26, 28, 30]), "social": rand([20, 32]),
       "pain": rand([21, 22]), "general_health": rand([1, 33, 34, 35, 36])},
      more=[("published_example", {23: 4, 27: 3, 29: 3, 31: None})])
DOMAINS = {"physical": 1, "psychological": 1, "social": 1, "environment": 2}
write("WHOQOL-BREF", one(1, 5, 26), {
    **{d: key("WHOQOL-BREF", d, k, times=4) for d, k in DOMAINS.items()},
    **{d + "_100": key("WHOQOL-BREF", d, k, times=25, plus=-25) for d, k in DOMAINS.items()},
    "overall_quality": Scale([1]), "general_health": Scale([2])}, form_limit=5,
      more=[("six_missing_over_the_form", {i: None for i in (1, 2, 3, 5, 20, 8)})])
write("HONOS", one(0, 4, 12), {"total": key("HoNOS", "total", 1, zero=True),
      **{s: key("HoNOS", s, 0) for s in ("behaviour", "impairment", "symptoms", "social")}})
write("AUDIT", one(0, 4, 8) + one(0, 4, 2, 2),
      {s: key("AUDIT", s, 0) for s in ("total", "consumption", "dependence", "problems")},
      skips=[((1,), 0, range(2, 9), 0), ((2, 3), 0, range(4, 9), 0)], more=[
          ("never_drinks", {**{i: None for i in range(2, 9)}, 9: 2, 10: 4}),
          ("never_drinks_no_10", {**{i: None for i in range(2, 9)}, 10: None}),
          ("little_at_a_time", {1: 2, **{i: None for i in range(4, 9)}, 9: 0, 10: 2}),
          ("skipped_without_reason", {1: 2, 2: 1, **{i: None for i in range(4, 9)}})])
write("AUDIT-C", one(0, 4, 3), {"total": Scale([1, 2, 3])}, skips=[((1,), 0, (2, 3), 0)],
      more=[("never_drinks", {2: None, 3: None}), ("drinks_rest_missing", {1: 1, 2: None, 3: None})])
ede = {s: key("EDE-Q6", s, (len(numbers(KEYS["EDE-Q6"][s]["items"])) - 1) // 2)
       for s in ("restraint", "eating", "shape", "weight")}
ede_ranges = [(0, 999) if 13 <= i <= 18 else (0, 6) for i in range(1, 29)]


def ede_global(a):
    parts = [s.score(a, {i + 1: r for i, r in enumerate(ede_ranges)}) for s in ede.values()]
    return None if None in parts else sum(parts) / 4


used = sorted(set().union(*[set(s.items) for s in ede.values()]))
write("EDE-Q6", ede_ranges, {**ede, "global": Rule(used, ede_global)})
write("PROMIS-DEPRESSION-8A", one(1, 5, 8), {"total": Scale(range(1, 9))})
