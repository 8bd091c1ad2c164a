import Casework
import FeeSchedule
import PaymentQR
import Values

extension Remittance {
    /// The order as XML, with the tags of the tax authority's form of it (giấy nộp tiền 4.0.2).
    public var xml: String {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        text += element("CHUNGTU", element("NDUNG_CTU_NH", body)) + "\n"
        return text
    }

    private var body: String {
        value("MAHIEU_CTU", mark) + value("SO_CTU", String(id))
            + element("NDUNG_CTU", element("CHUNGTU_HDR", head) + element("CHUNGTU_CTIET", lines.map(row).joined()))
    }

    private var head: String {
        let bank = BankNames.name(bin: bankBIN) ?? bankBIN
        return [
            ("PBAN_TLIEU_XML", "4.0.2"), ("MA_CTU", "01"), ("HTHUC_NOP", "CK"), ("MA_NGUYENTE", "VND"),
            ("MA_THAMCHIEU", mark), ("TEN_NNOP", payer.name), ("MST_NNOP", payer.taxCode),
            ("DIACHI_NNOP", payer.address ?? ""), ("MA_NHANG_NOP", bankBIN), ("TEN_NHANG_NOP", bank),
            ("STK_NHANG_NOP", key.accountNumber), ("STK_THU", key.treasuryAccount.rawValue),
            ("MA_HIEU_KBAC", payer.treasuryCode), ("TEN_KBAC", payer.treasuryName), ("MA_CQTHU", payer.officeCode),
            ("TEN_CQTHU", payer.officeName), ("TONG_TIEN", amount.description), ("NGAY_LAP", made.at.day.formatted),
        ].map { value($0.0, $0.1) }.joined()
    }

    private func row(_ line: RemittanceLine) -> String {
        let values = [
            ("SO_TK_TB_QD", ""), ("ID_KNOP", ""), ("KY_THUE", made.at.day.formatted), ("NDUNG_NOP", line.name),
            ("TIEN_PNOP", line.amount.description), ("MA_CHUONG", line.code.chapter),
            ("MA_NDKT", line.code.budgetCode), ("MA_DBHC_THU", payer.areaCode),
        ]
        return element("ROW_CTIET", values.map { value($0.0, $0.1) }.joined())
    }

    private func element(_ name: String, _ content: String) -> String { "<\(name)>\n\(content)</\(name)>\n" }

    private func value(_ name: String, _ text: String) -> String {
        "<\(name)>\(text.escapedForXML)</\(name)>\n"
    }
}
