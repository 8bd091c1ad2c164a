"""Who lives in the province: names, accounts, and what they write into the memo of a transfer."""
import unicodedata

FAMILIES = ("Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Vũ Võ Phan Trương Bùi Đặng Đỗ Ngô Hồ Dương "
            "Đinh Lý Mai Tạ Hà Cao").split()
MIDDLES = {"f": "Thị Thị Thị Thu Ngọc Thanh Minh Hồng Bích Kim Phương".split(),
           "m": "Văn Văn Văn Đức Hữu Quang Minh Xuân Công Đình Thành Tuấn".split()}
GIVEN = {"f": "Lan Hoa Hương Mai Linh Trang Thảo Nga Hằng Yến Hạnh Nhung Vân Thúy Loan Phượng Oanh Chi Hà Ngân Quyên".split(),
         "m": "Hùng Dũng Cường Tuấn Nam Sơn Hải Long Thắng Bình An Khánh Phúc Tùng Kiên Trung Đạt Hiếu Quân Vinh Thịnh".split()}
BANKS = [("970436", "VCB"), ("970415", "CTG"), ("970418", "BIDV"), ("970405", "AGR"), ("970407", "TCB"), ("970422", "MB"),
         ("970432", "VPB"), ("970423", "TPB")]
COMPANIES = ["CONG TY TNHH THUONG MAI {}", "CONG TY CO PHAN XAY DUNG {}", "HTX NONG NGHIEP {}", "CONG TY TNHH DICH VU {}"]


def folded(text):
    """Capitals without Vietnamese marks, as banks print them."""
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).upper()


def person(random):
    sex = random.choice("fm")
    name = " ".join((random.choice(FAMILIES), random.choice(MIDDLES[sex]), random.choice(GIVEN[sex])))
    bank, code = random.choice(BANKS)
    return {"name": name, "bank_bin": bank, "bank": code, "account": str(random.randrange(10**9, 10**12))}


def memo(random, payer, reference):
    """What arrives of a memo: banks put things before and after it, some drop spaces and change the case."""
    name = folded(payer["name"])
    form = random.random()
    if form < 0.45:
        return f"{reference} {name} nop le phi"
    if form < 0.65:
        return f"MBVCB.{random.randrange(10**9, 10**10)}.{reference}.CT tu {payer['account']} {name}"
    if form < 0.8:
        return f"{name} chuyen tien {reference.lower()}"
    if form < 0.9:
        return f"QR - {reference} - le phi thu tuc hanh chinh"
    return f"IBFT {reference[:4]} {reference[4:8]} {reference[8:12]} {reference[12:]} {name}"


def forgetful(random, payer, dossier):
    """A memo in which the reference is missing."""
    name = folded(payer["name"])
    return random.choice([f"{name} nop le phi", f"{name} chuyen tien", f"nop phi ho so {dossier} {name}",
                          f"{name} CK le phi hanh chinh cong"])


def misread(random, reference):
    """A reference in which two neighbours changed places, or one letter is another."""
    place = random.randrange(5, 15)
    letters = list(reference)
    if letters[place] != letters[place + 1]:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    else:
        letters[place] = "7" if letters[place] != "7" else "3"
    return "".join(letters)
