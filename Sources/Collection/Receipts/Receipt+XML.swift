import Sealing
import Values
import XMLSignatures

extension Receipt {
    /// The namespace of the schema, which `docs/receipts.xsd` describes.
    static let namespace = "urn:khop:bien-lai:1"

    /// What the file says of its place in the sealed history, beside what it says of the receipt.
    static let (entryName, proofName) = ("Mục niêm phong", "Chứng cứ niêm phong")

    /// The receipt as XML, with the tax authority's names of elements where they are known, without a signature: a part of
    /// business data that the signature is to stand beside (Circular 91/2026/TT-BTC, article 18).
    ///
    /// - Parameter proved: the entry and its proof, so that the file is checked without this server; `nil` until it is sealed.
    func xml(_ signature: String, proved: SealProver.Proved? = nil) -> String {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
        text += #"<BLai xmlns="\#(Receipt.namespace)"><DLBLai Id="data">"#
        text += element("TTChung", head) + element("NDBLai", body(proved)) + "</DLBLai>" + signature + "</BLai>\n"
        return text
    }

    private var head: String {
        var text = value("PBan", "1.0") + value("Ten", title.vietnamese) + value("KHMCTu", number.kind.form)
        text += value("KHCTu", number.serial) + value("SCTu", String(number.number))
        text += value("NLap", issuedAt.day.description) + value("DVTTe", "VND") + value("MTCuu", number.address)
        if let replaces {
            let old =
                value("KHMCTu", replaces.kind.form) + value("KHCTu", replaces.serial)
                + value("SCTu", String(replaces.number)) + value("LDo", reason ?? "")
            text += element("TTCTLQuan", old)
        }
        return text
    }

    private func body(_ proved: SealProver.Proved?) -> String {
        var collecting = value("Ten", collector)
        if let taxCode { collecting += value("MST", taxCode) }
        if let address { collecting += value("DChi", address) }
        if let phone { collecting += value("SDThoai", phone) }
        let paying = value("Ten", payerName ?? "")
        let rows = items.enumerated().map { place, item in
            element(
                "KThu",
                value("STT", String(place + 1)) + value("Ten", item.name) + value("DVTinh", item.unit)
                    + value("SLuong", String(item.quantity)) + value("TTien", item.amount.description)
                    + value("CCu", item.legalBasis)
            )
        }.joined()
        var told = [("Mã hồ sơ", dossierCode), ("Mã thanh toán", reference), ("Mã thủ tục", procedureCode)]
        if let proved { told += [(Receipt.entryName, proved.entry), (Receipt.proofName, proved.proof.text)] }
        let others =
            told.map { name, text in
                element("TTin", value("TTruong", name) + value("KDLieu", "string") + value("DLieu", text))
            }.joined()
        return element("TCThu", collecting) + element("TTNNT", paying) + element("DSKThu", rows)
            + element(
                "TToan",
                value("TgTien", amount.description) + value("STBChu", amount.inWords) + value("HTTToan", way.vietnamese)
            ) + element("TTKhac", others)
    }

    private func element(_ name: String, _ content: String) -> String { "<\(name)>\(content)</\(name)>" }

    private func value(_ name: String, _ text: String) -> String { element(name, text.escapedForXML) }
}
