import Collection
import Sealing
import Values

/// The texts of a receipt's page, ready to show. It names no payer: whoever may know the name has the PDF.
struct ReceiptPage {
    struct Fact {
        let name: String
        let text: String
        /// Whether it is written in Vietnamese on a page of another language: it is read aloud as such.
        var isVietnamese = false
    }

    struct Item {
        let name: String
        let basis: String
        let amount: String
    }

    let lang: String
    let otherLang: String
    let other: String
    let title: String
    /// Why there is none; empty if there is one.
    let missing: String
    /// Who speaks: the province or portal, and whom to ask.
    let name: String
    let phone: String
    let phoneHref: String
    let hasPhone: Bool
    let ask: String
    let isFound: Bool
    let status: String
    let isReplaced: Bool
    let notes: [String]
    /// The page of the receipt that stands in its place.
    let replacingHref: String
    let replacingLabel: String
    let hasReplacing: Bool
    let facts: [Fact]
    let items: [Item]
    /// Whether the page is in another language than the receipt, which is Vietnamese.
    let isTranslated: Bool
    let itemHead: String
    let amountHead: String
    let totalHead: String
    let total: String
    let pdf: String
    let pdfLabel: String
    let xml: String
    let xmlLabel: String
    /// The notice of errors; empty if there is none.
    let notice: String
    let hasNotice: Bool
    let noticeLabel: String
    let proofTitle: String
    let proofText: String
    let entryLabel: String
    let entry: String
    let proof: String
    let hasProof: Bool
    let checkLabel: String

    init(missing phrase: Phrase, _ installation: Installation, _ language: Language) {
        self.init(nil, nil, false, phrase, installation, language)
    }

    init(
        _ receipt: Receipt,
        proof: SealProver.Proved?,
        isSigned: Bool,
        _ installation: Installation,
        _ language: Language
    ) {
        self.init(receipt, proof, isSigned, Phrase(same: ""), installation, language)
    }

    private init(
        _ receipt: Receipt?,
        _ proved: SealProver.Proved?,
        _ isSigned: Bool,
        _ phrase: Phrase,
        _ installation: Installation,
        _ language: Language
    ) {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        lang = language.rawValue
        otherLang = language == .vietnamese ? "en" : "vi"
        other = say("English", "Tiếng Việt")
        title = receipt.map { say("Biên lai", "Receipt") + " " + $0.number.text } ?? say("Biên lai", "Receipt")
        missing = phrase[language]
        let frame = PayFrame(installation, markPath: nil, path: "", in: language)
        (name, phone, phoneHref, hasPhone) = (frame.name, frame.phone, frame.phoneHref, frame.hasPhone)
        ask = say("Cần hỏi? Gọi", "Questions? Call")
        let replacing = receipt?.replacedBy
        replacingHref = replacing.map { "/r/\($0.address)?lang=\(language.rawValue)" } ?? ""
        replacingLabel = say("Mở biên lai thay thế", "Open the receipt that replaces it")
        hasReplacing = replacing?.code != nil
        isFound = receipt != nil
        status = receipt?.status.words[language] ?? ""
        isReplaced = receipt?.status == .replaced
        notes = receipt.map { ReceiptPage.notes($0, language) } ?? []
        facts = receipt.map { ReceiptPage.facts($0, isSigned, language) } ?? []
        items = (receipt?.items ?? []).map {
            Item(name: $0.name, basis: $0.legalBasis, amount: $0.amount.formatted(in: language))
        }
        isTranslated = language != .vietnamese
        itemHead = say("Nội dung thu", "Item")
        amountHead = say("Số tiền", "Amount")
        totalHead = say("Cộng", "Total")
        total = receipt?.amount.formatted(in: language) ?? ""
        let address = receipt.map { "/r/\($0.number.address)" } ?? ""
        pdf = address + "/receipt.pdf"
        pdfLabel = say("Tải bản PDF", "Download PDF")
        xml = address + "/receipt.xml"
        xmlLabel = say("Tải bản XML", "Download XML")
        hasNotice = receipt?.notices.isEmpty == false
        notice = address + "/notice.pdf"
        noticeLabel = say("Thông báo sai sót (04/SS-CTĐT)", "Notice of an error (04/SS-CTĐT)")
        proofTitle = say("Chứng cứ", "Proof")
        proofText =
            proved == nil
            ? say("Biên lai sẽ được niêm phong trong ít giây nữa.", "The receipt will be sealed within seconds.")
            : say(
                "Biên lai nằm nguyên vẹn trong lịch sử được niêm phong. Ai cũng kiểm tra được, không cần tin hệ thống này.",
                "The receipt stands unchanged in the sealed history. Anybody can check it without trusting this system."
            )
        entryLabel = say("Mục (nguyên văn)", "Entry (word for word)")
        entry = proved?.entry ?? ""
        self.proof = proved?.proof.text ?? ""
        hasProof = proved != nil
        checkLabel = say("Kiểm tra chứng cứ", "Check the proof")
    }

    private static func notes(_ receipt: Receipt, _ language: Language) -> [String] {
        var notes: [String] = []
        if let other = receipt.replacedBy {
            notes.append(
                Phrase(vi: "Được thay thế bằng biên lai \(other.text).", en: "Replaced by receipt \(other.text).")[
                    language
                ]
            )
        }
        if let other = receipt.replaces {
            notes.append(
                Phrase(vi: "Thay thế biên lai \(other.text).", en: "Replaces receipt \(other.text).")[language]
            )
        }
        return notes
            + receipt.notices.map { notice in
                let day = notice.madeAt.day.formatted
                return Phrase(
                    vi: "Thông báo sai sót ngày \(day): \(notice.error.phrase.vietnamese).",
                    en: "Notice of an error of \(day): \(notice.error.phrase.english)."
                )[language]
            }
    }

    private static func facts(_ receipt: Receipt, _ isSigned: Bool, _ language: Language) -> [Fact] {
        func fact(_ vi: String, _ en: String, _ text: String) -> Fact {
            Fact(name: Phrase(vi: vi, en: en)[language], text: text)
        }
        func inVietnamese(_ vi: String, _ en: String, _ text: String) -> Fact {
            Fact(name: Phrase(vi: vi, en: en)[language], text: text, isVietnamese: language != .vietnamese)
        }
        let signed =
            isSigned
            ? Phrase(vi: "có, trong bản XML", en: "yes, in the XML")
            : Phrase(vi: "chưa ký số", en: "not digitally signed")
        return [
            fact("Mẫu số, ký hiệu, số", "Form, serial, number", receipt.number.text),
            fact("Ngày lập", "Issued on", receipt.issuedAt.day.formatted),
            inVietnamese("Cơ quan thu", "Collector", receipt.collector),
            fact("Mã số thuế", "Tax code", receipt.taxCode ?? "–"),
            fact("Mã hồ sơ", "Dossier", receipt.dossierCode),
            fact("Mã thanh toán", "Reference", receipt.reference),
            inVietnamese("Bằng chữ", "In words", receipt.amount.inWords),
            fact("Chữ ký số", "Digital signature", signed[language]),
        ]
    }
}
