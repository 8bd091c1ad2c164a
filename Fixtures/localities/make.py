"""Makes localities.csv: all units of administration before and after 2025-07-01, with what became of each.

Usage: make.py WARD_MERGE_CSV WARDS_CSV PROVINCES_OLD_CSV PROVINCES_NEW_CSV > localities.csv

From public lists: the units of the General Statistics Office's codes until 2025-06-30 and what each commune became part of
(Resolutions of the Standing Committee of the National Assembly, June 2025), and the 3,321 communes since.
"""
import csv
import sys
import unicodedata

OLD, END, NEW = "2004-01-01", "2025-06-30", "2025-07-01"


def plain(text):
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


merges, wards, old_provinces, new_provinces = (list(csv.DictReader(open(p, encoding="utf-8-sig"))) for p in sys.argv[1:5])
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow("code valid_from valid_to level parent_code name_vi name_en successor_code".split())
for row in old_provinces:
    out.writerow([row["code_until_2025_06_30"], OLD, END, "province", "", row["name_vi"], row["name_en"],
                  row["code_from_2025_07_01"]])
for row in new_provinces:
    out.writerow([row["code"], NEW, "", "province", "", row["name_vi"], plain(row["name_vi"]), ""])
# The two lists disagree on one code (Ba Chẽ, Quảng Ninh); province and name are the same.
known = {row["ward_gso_code"] for row in wards}
by_name = {(row["province_gso_code"], row["full_name_vi"]): row["ward_gso_code"] for row in wards}
for row in merges:
    if row["new_ward_gso"] not in known:
        row["new_ward_gso"] = by_name[row["new_province_gso"], row["new_ward_vi"]]
districts, communes = {}, {}
for row in merges:
    district = districts.setdefault(row["old_district_gso"], (row["old_province_gso"], row["old_district_vi"], []))
    if not row["old_ward_gso"]:  # an island district without communes, which became one
        district[2].append(row["new_ward_gso"])
        continue
    communes.setdefault(row["old_ward_gso"], (row["old_district_gso"], row["old_ward_vi"], []))[2].append(row["new_ward_gso"])
for code, (province, name, successors) in sorted(districts.items()):
    out.writerow([code, OLD, END, "district", province, name, plain(name), ";".join(sorted(set(successors)))])
for code, (district, name, successors) in sorted(communes.items()):
    out.writerow([code, OLD, END, "commune", district, name, plain(name), ";".join(sorted(set(successors)))])
for row in wards:
    out.writerow([row["ward_gso_code"], NEW, "", "commune", row["province_gso_code"], row["full_name_vi"], plain(row["full_name_vi"]), ""])
