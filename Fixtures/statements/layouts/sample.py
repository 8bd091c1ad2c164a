"""A sample of a layout: what its lines are, and how they are written as CSV, as a workbook or as a page."""

import csv
import datetime
import html
import io
import pathlib
import zipfile

import openpyxl

HERE = pathlib.Path(__file__).parent
OURS, OTHER = "0801000567890", "0801000999999"
OPENING = 10_000_000


class Line:
    def __init__(self, time, number, memo, amount, name, account, bank, fee=0, tax=0):
        self.time = datetime.datetime.fromisoformat(time)
        self.id = f"FT2632{number}"
        self.memo, self.name, self.account, self.bank = memo, name, account, bank
        self.credit, self.debit = max(amount, 0), max(-amount, 0)
        self.fee, self.tax = fee, tax

    def total(self, with_fees):
        return self.credit - self.debit - (self.fee + self.tax if with_fees else 0)


LINES = [
    Line("2026-11-20 08:15:30", 4000001, "RF18ABCD0123EFGH NGUYEN VAN AN nop le phi cap lai GPLX", 135_000,
         "NGUYEN VAN AN", "0021000123456", "Vietcombank"),
    Line("2026-11-20 09:00:00", 4000002, 'Nộp lệ phí hộ chiếu, hồ sơ "H62"', 115_000, "TRẦN THỊ BÌNH", "19031234567890",
         "Techcombank"),
    Line("2026-11-21 10:00:05", 5000003, "Phí quản lý tài khoản tháng 11", -50_000, "", "", "", fee=1_000, tax=100),
    Line("2026-11-21 16:45:00", 5000004, "dk thuong tru rf18 abcd 0123 efgh", 20_000, "LÊ CƯỜNG", "1300205123456", "Agribank"),
    Line("2026-11-23 07:30:00", 7000005, "Tổng lệ phí tháng 11 <xe máy> & ô tô", 1_500_000, "CÔNG TY TNHH A & B",
         "113000000001", "VietinBank"),
    Line("2026-11-23 23:59:59", 7000006, "Hoàn trả lệ phí nộp thừa", -20_000, "NGUYEN VAN AN", "0021000123456", "Vietcombank"),
]


def comma(number): return f"{number:,}"
def dot(number): return f"{number:,}".replace(",", ".")
def plain(number): return number
def blank(write): return lambda number: write(number) if number else ""
def day(time): return time.strftime("%d/%m/%Y")
def moment(time): return time.strftime("%d/%m/%Y %H:%M:%S")
def iso(time): return time.strftime("%Y-%m-%d")
def cell_day(time): return datetime.datetime(time.year, time.month, time.day)
def short(time): return time.strftime("%d %b %y").upper()


class Layout:
    """A sample. `row` makes the cells of a line from (number, line, balance)."""

    def __init__(self, name, kind, bank, header, row, *, layout=None, before=(), after=(), fees=False, newest=False,
                 times=False, balances=True, others=0, mixed=None, keeps="id memo name account", delimiter=",",
                 encoding="utf-8", account=OURS):
        self.__dict__.update(locals())

    def write(self):
        balance, told, rows = OPENING, [], []
        for number, line in enumerate(LINES, 1):
            balance += line.total(self.fees)
            told.append((line, balance))
            rows.append(self.row(number, line, balance))
        closing = balance
        if self.newest:
            told.reverse()
            rows.reverse()
        if self.mixed: rows = self.mixed(rows)
        header = self.header if isinstance(self.header[0], list) else [self.header]
        put = lambda parts: [[str(c).replace("{closing}", comma(closing)) if isinstance(c, str) else c for c in part]
                             for part in parts]
        table = put(self.before) + header + rows + put(self.after)
        name = f"{self.name}.{self.kind}"
        {"csv": self.csv, "xlsx": self.xlsx, "xls": self.html}[self.kind](HERE / name, table)
        keeps = self.keeps.split()
        return name, {
            "layout": self.layout or self.name, "bank": self.bank, "account": self.account,
            "opening": OPENING if self.balances else None, "closing": closing if self.balances else None,
            "others": self.others,
            "lines": [{
                "time": self.told(line.time).isoformat(),
                "amount": line.total(self.fees), "balance": after if self.balances == "column" else None,
                "id": line.id if "id" in keeps else None, "memo": line.memo if "memo" in keeps else None,
                "name": (line.name or None) if "name" in keeps else None,
                "account": (line.account or None) if "account" in keeps else None,
            } for line, after in told],
        }

    def told(self, time):
        if self.times == "minutes": return time.replace(second=0)
        return time if self.times else cell_day(time)

    def csv(self, path, table):
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n").writerows(table)
        path.write_bytes(text.getvalue().encode(self.encoding))

    def xlsx(self, path, table):
        book = openpyxl.Workbook()
        book.properties.created = book.properties.modified = datetime.datetime(2026, 11, 30)
        for row in table: book.active.append([None if cell == "" else cell for cell in row])
        made = io.BytesIO()
        book.save(made)
        # The same bytes each time: without the time of day in the archive.
        with zipfile.ZipFile(made) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                data = source.read(part)
                if part == "docProps/core.xml":
                    data = b'<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
                target.writestr(zipfile.ZipInfo(part, (2026, 11, 30, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)

    def html(self, path, table):
        def cell(value): return "<td>" + html.escape(str(value)).replace("\n", "<br>") + "</td>"
        rows = "\n".join("<tr>" + "".join(cell(value) for value in row) + "</tr>" for row in table)
        path.write_text("<html><head><meta charset=\"utf-8\"><style>td { color: black }</style></head><body>\n"
                        f"<table border=1>\n{rows}\n</table>\n</body></html>\n", encoding="utf-8")
