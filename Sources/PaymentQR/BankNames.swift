/// The common names of banks by their NAPAS BIN, from NAPAS's public list of members.
public enum BankNames {
    private struct Bank {
        /// What people call it.
        let name: String
        /// Its BIC (ISO 9362), 8 characters; empty where it has none of its own.
        let bic: String
        /// Its official name without its legal form.
        let official: String

        init(_ name: String, _ bic: String, _ official: String) {
            self.name = name
            self.bic = bic
            self.official = official
        }
    }

    private static let banks: [String: Bank] = [
        "546034": Bank("CAKE by VPBank", "", ""),
        "963388": Bank("Timo", "", "Timo by Bản Việt Bank"),
        "970400": Bank("SaigonBank", "SBITVNVX", "Sài Gòn Công Thương"),
        "970403": Bank("Sacombank", "SGTTVNVX", "Sài Gòn Thương Tín"),
        "970405": Bank("Agribank", "VBAAVNVX", "Nông nghiệp và Phát triển Nông thôn Việt Nam"),
        "970406": Bank("Vikki Bank (DongA)", "EACBVNVX", "Số Vikki"),
        "970407": Bank("Techcombank", "VTCBVNVX", "Kỹ thương Việt Nam"),
        "970409": Bank("Bac A Bank", "NASCVNVX", "Bắc Á"),
        "970410": Bank("Standard Chartered Vietnam", "SCBLVNVX", "Standard Chartered Việt Nam"),
        "970412": Bank("PVcomBank", "WBVNVNVX", "Đại Chúng Việt Nam"),
        "970415": Bank("VietinBank", "ICBVVNVX", "Công thương Việt Nam"),
        "970416": Bank("ACB", "ASCBVNVX", "Á Châu"),
        "970418": Bank("BIDV", "BIDVVNVX", "Đầu tư và Phát triển Việt Nam"),
        "970419": Bank("NCB", "NVBAVNVX", "Quốc Dân"),
        "970422": Bank("MB Bank", "MSCBVNVX", "Quân đội"),
        "970423": Bank("TPBank", "TPBVVNVX", "Tiên Phong"),
        "970424": Bank("Shinhan Bank Vietnam", "SHBKVNVX", "Shinhan Việt Nam"),
        "970425": Bank("ABBANK", "ABBKVNVX", "An Bình"),
        "970426": Bank("MSB", "MCOBVNVX", "Hàng Hải"),
        "970427": Bank("VietABank", "VNACVNVX", "Việt Á"),
        "970428": Bank("Nam A Bank", "NAMAVNVX", "Nam Á"),
        "970429": Bank("SCB", "SACLVNVX", "Sài Gòn"),
        "970431": Bank("Eximbank", "EBVIVNVX", "Xuất Nhập khẩu Việt Nam"),
        "970432": Bank("VPBank", "VPBKVNVX", "Việt Nam Thịnh Vượng"),
        "970433": Bank("VietBank", "VNTTVNVX", "Việt Nam Thương Tín"),
        "970436": Bank("Vietcombank", "BFTVVNVX", "Ngoại Thương Việt Nam"),
        "970437": Bank("HDBank", "HDBCVNVX", "Phát triển TP. Hồ Chí Minh"),
        "970438": Bank("BaoViet Bank", "BVBVVNVX", "Bảo Việt"),
        "970440": Bank("SeABank", "SEAVVNVX", "Đông Nam Á"),
        "970441": Bank("VIB", "VNIBVNVX", "Quốc tế Việt Nam"),
        "970443": Bank("SHB", "SHBAVNVX", "Sài Gòn - Hà Nội"),
        "970448": Bank("OCB", "ORCOVNVX", "Phương Đông"),
        "970449": Bank("LPBank", "LVBKVNVX", "Ngân hàng TMCP Lộc Phát Việt Nam"),
        "970452": Bank("KienlongBank", "KLBKVNVX", "Kiên Long"),
        "970454": Bank("BVBank", "VCBCVNVX", "Bản Việt"),
        "970457": Bank("Woori Bank Vietnam", "HVBKVNVX", "Woori Việt Nam"),
        "970458": Bank("United Overseas Bank Vietnam", "UOVBVNVX", "United Overseas Bank Việt Nam"),
        "970462": Bank("Kookmin Hanoi", "CZNBVN2X", "Kookmin - Chi nhánh Hà Nội"),
    ]

    /// The short name of the bank with a BIN of 6 digits; `nil` if it is not in the list.
    public static func name(bin: String) -> String? { banks[bin]?.name }

    /// Every bank of the list by its BIN and short name, in the order of the names.
    public static let members: [(bin: String, name: String)] = banks.map { ($0.key, $0.value.name) }
        .sorted { ($0.1.lowercased(), $0.0) < ($1.1.lowercased(), $1.0) }

    /// The BIN of a bank as a statement names it: by its BIN, its BIC, its short or its official name; `nil` for any other.
    public static func bin(of text: some StringProtocol) -> String? {
        let words = plain(text)
        if banks[words] != nil { return words }
        guard words.count >= 3 else { return nil }
        let found = banks.filter { _, bank in
            if !bank.bic.isEmpty, words.hasPrefix(bank.bic), [8, 11].contains(words.count) { return true }
            let official = plain(bank.official)
            return words == plain(bank.name) || (official.count >= 4 && words.hasSuffix(official))
        }
        return found.count == 1 ? found.first?.key : nil
    }

    private static func plain(_ text: some StringProtocol) -> String {
        String(text).foldedToASCII.uppercased().filter { $0.isLetter || $0.isNumber }
    }
}
