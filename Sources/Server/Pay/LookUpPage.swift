import Casework
import Collection
import FeeSchedule
import Values

/// The page on which a payment is looked up without its link, as finished strings.
struct LookUpPage {
    /// A request that was found. No name, no link: whoever asks may be anybody who saw a reference.
    struct Found {
        let tone: String
        let heading: String
        let amount: String
        let hasAmount: Bool
        let says: [String]
        let refunds: [String]
        let hasRefunds: Bool
        let receipts: [PayReceipt]
        let hasReceipts: Bool
        let hidesReceipts: Bool
        let procedure: String
        let agency: String
        let reference: String
    }

    let title: String
    let lead: String
    let byReference: String
    let byDossier: String
    let payerLabel: String
    let button: String
    let reference: String
    let dossier: String
    let payer: String
    let fault: String
    let hasFault: Bool
    let found: [Found]

    /// What came of it.
    enum Outcome {
        case asked
        case unreadable
        /// - Parameter knowsPayer: whether the payer's name was asked for by name, so that receipts may show it.
        case found([(view: PayerView, names: PayNames)], knowsPayer: Bool)
    }

    init(_ outcome: Outcome, reference: String, dossier: String, payer: String, in language: Language) {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        title = say("Tra cứu khoản nộp", "Look up a payment")
        lead = say(
            "Xem một khoản phí, lệ phí đã nộp chưa, và tiền hoàn đang ở đâu.",
            "See whether a fee has been paid, and where a refund stands."
        )
        byReference = say("Theo mã thanh toán", "By its payment reference")
        byDossier = say("Hoặc theo hồ sơ", "Or by its dossier")
        payerLabel = say("Họ tên người nộp", "Payer’s name")
        button = say("Tra cứu", "Look up")
        (self.reference, self.dossier, self.payer) = (reference, dossier, payer)
        switch outcome {
        case .asked: (fault, found) = ("", [])
        case .unreadable where ReceiptNumber(reference.trimming()) != nil:
            fault = say(
                "Số biên lai thì ai cũng đếm được, nên cần cả mã đứng sau số: quét mã QR trên biên lai, hoặc nhập địa chỉ in dưới mã đó.",
                "Receipt numbers can be counted, so the code behind the number is needed: scan the QR code on the receipt, or enter the address under it."
            )
            found = []
        case .unreadable where !reference.trimming().isEmpty:
            fault = say(
                "Mã thanh toán này có ký tự sai, thiếu hoặc thừa: mã bắt đầu bằng RF và có 16 ký tự. Hãy so lại từng ký tự.",
                "A character of this reference is wrong, missing or too much: it begins with RF and has 16 characters. Compare each."
            )
            found = []
        case .unreadable:
            fault = say(
                "Hãy nhập mã thanh toán (RF và 14 ký tự, có trong nội dung chuyển khoản), hoặc cả mã hồ sơ và họ tên người nộp.",
                "Enter the payment reference (RF and 14 characters, it stands in the transfer note), or both the dossier and the payer’s name."
            )
            found = []
        case .found(let views, let knowsPayer):
            found = views.map { LookUpPage.told($0.view, $0.names, knowsPayer, language) }
            fault =
                views.isEmpty
                ? say(
                    "Không có khoản nộp nào khớp với thông tin này. Hãy kiểm tra từng ký tự và họ tên trên hồ sơ.",
                    "No payment matches this. Check each character, and the name as it stands on the dossier."
                ) : ""
        }
        hasFault = !fault.isEmpty
    }

    private static func told(_ view: PayerView, _ names: PayNames, _ knowsPayer: Bool, _ language: Language)
        -> Found
    {
        let receipts = PayReceipt.list(view.request, leads: knowsPayer, in: language)
        let words = PayWords(view: view, language: language, isForAnybody: true)
        return Found(
            tone: PayWords.tone(of: view.state),
            heading: PayTexts.heading(view.state)[language],
            amount: words.amount.map { $0.formatted(in: language) } ?? "",
            hasAmount: words.amount != nil,
            says: words.sentences,
            refunds: view.refunds.map { words.refund($0) },
            hasRefunds: !view.refunds.isEmpty,
            receipts: receipts,
            hasReceipts: !receipts.isEmpty,
            hidesReceipts: !receipts.isEmpty && !knowsPayer,
            procedure: names.procedure?[language] ?? view.request.procedureCode,
            agency: names.agency?[language] ?? view.request.agencyCode,
            reference: view.request.reference
        )
    }
}
