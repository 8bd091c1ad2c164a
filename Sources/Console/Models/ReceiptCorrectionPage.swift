public import Collection
import Identity
public import Values
import Workflow

/// A receipt as staff see it, and what is done about an error in it: a notice, or another receipt in its place.
public struct ReceiptCorrectionPage: ConsolePage {
    public static let template = "receipt"
    public static let section: ConsoleSection? = nil

    /// An error that needs no new receipt.
    struct Choice: Sendable {
        let code: String
        let name: String
        let isChosen: Bool
    }

    public let title: String
    let state: Badge
    let facts: [Fact]
    let items: [Fact]
    let notices: [String]
    let hasNotices: Bool
    let pdf: String
    let xml: String
    let noticePDF: String
    let mayCorrect: Bool
    let here: String
    let errors: [Choice]
    let note: String
    let reason: String
    let done: String?
    let fault: String?

    /// - Parameters:
    ///   - typed: what was sent and refused.
    ///   - done: what was just done.
    public init(
        _ receipt: Receipt,
        typed: [String: String] = [:],
        done: String? = nil,
        fault: ServiceError? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now, for: caller)
        title = word(vi: "Biên lai ", en: "Receipt ") + receipt.number.text
        let tone: Badge.Tone =
            switch receipt.status {
            case .issued: .done
            case .corrected: .warn
            case .replaced: .plain
            }
        state = Badge(word[receipt.status.words], tone)
        facts = ReceiptCorrectionPage.facts(receipt, word)
        items = receipt.items.compactMap { Fact($0.name, word.money($0.amount) + " · " + $0.legalBasis) }
        notices = receipt.notices.map { "\($0.madeAt.formatted): \(word[$0.error.phrase]) — \($0.note)" }
        hasNotices = !notices.isEmpty
        let address = "/r/\(receipt.number.address)"
        (pdf, xml, noticePDF) = (address + "/receipt.pdf", address + "/receipt.xml", address + "/notice.pdf")
        mayCorrect = caller.holds(.correctReceipts) && receipt.replacedBy == nil
        here = ReceiptCorrectionPage.path(receipt.number)
        errors = ReceiptError.allCases.map { error in
            Choice(code: error.rawValue, name: word[error.phrase], isChosen: typed["error"] == error.rawValue)
        }
        (note, reason) = (typed["note"] ?? "", typed["reason"] ?? "")
        self.done = done
        self.fault = fault?.told(in: language)
    }

    /// The address of a receipt's page in the console.
    public static func path(_ number: ReceiptNumber) -> String { "/console/receipts/" + number.address }

    private static func facts(_ receipt: Receipt, _ word: Wording) -> [Fact] {
        [
            Fact(word(vi: "Số tiền", en: "Amount"), word.money(receipt.amount)),
            Fact(word(vi: "Người nộp", en: "Payer"), word.personal(receipt.payerName, .name)),
            Fact(word(vi: "Cơ quan thu", en: "Collector"), receipt.collector),
            Fact(word(vi: "Cấp lúc", en: "Issued"), receipt.issuedAt.formatted),
            Fact(
                word(vi: "Khoản nộp", en: "Payment"),
                receipt.reference,
                href: "/console/payments/\(receipt.requestID.text)"
            ),
            Fact(word(vi: "Hồ sơ", en: "Dossier"), receipt.dossierCode),
            Fact(
                word(vi: "Thay cho", en: "Replaces"),
                receipt.replaces.map { $0.text + (receipt.reason.map { ": " + $0 } ?? "") },
                href: receipt.replaces.map(path)
            ),
            Fact(
                word(vi: "Được thay bằng", en: "Replaced by"),
                receipt.replacedBy?.text,
                href: receipt.replacedBy.map(path)
            ),
        ].compactMap { $0 }
    }
}
