public import Collection
import Identity
public import Values
import Workflow

/// The letters that ask banks about cases, one a bank, and noting that they are asked.
public struct CaseInquiryPage: ConsolePage {
    public static let template = "case-inquiry"
    public static let section: ConsoleSection? = .cases

    struct Letter: Sendable {
        let bank: String
        let count: String
        let pdf: String
        let rows: [Row]
    }

    struct Row: Sendable {
        let id: String
        let kind: String
        let account: String
        let amount: String
    }

    public let title: String
    let letters: [Letter]
    let left: String?
    let mayAsk: Bool
    /// The address of this page's form, with the cases.
    let here: String
    let back: String
    let note: String
    let fault: String?

    /// - Parameters:
    ///   - left: cases that are about no account.
    ///   - back: the address of the list that the cases were chosen in.
    public init(
        _ letters: [InquiryLetter],
        left: [Int64],
        back: String,
        note: String? = nil,
        fault: String? = nil,
        for caller: Caller,
        in language: Language,
        now: Instant = .now()
    ) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Tra soát với ngân hàng", en: "Inquiries to banks")
        self.letters = letters.map { letter in
            let cases = letter.items.map { String($0.id) }.joined(separator: ".")
            return Letter(
                bank: "\(letter.bankName) (\(letter.bankBIN))",
                count: word(
                    vi: "\(word.number(letter.items.count)) giao dịch",
                    en: "\(word.number(letter.items.count)) transactions"
                ),
                pdf: "/console/cases/inquiry.pdf?cases=\(cases)&bank=\(letter.bankBIN)",
                rows: letter.items.map { item in
                    Row(
                        id: String(item.id),
                        kind: word[Vocabulary.caseKind[item.kind.rawValue]],
                        account: item.account,
                        amount: word.money(item.amount)
                    )
                }
            )
        }
        let numbers = left.map { "#\($0)" }.joined(separator: ", ")
        self.left =
            left.isEmpty
            ? nil
            : word(
                vi: "Không thuộc tài khoản nào, nên không hỏi ngân hàng nào được: \(numbers).",
                en: "About no account, so that no bank can be asked: \(numbers)."
            )
        mayAsk = caller.holds(.resolveCases) && !letters.isEmpty
        let all = letters.flatMap(\.items).map(\.id).sorted().map(String.init).joined(separator: ".")
        here = "/console/cases/inquiry?cases=\(all)"
        self.back = back
        self.note = note ?? word(vi: "Đã gửi thư tra soát", en: "The inquiry is sent")
        self.fault = fault
    }
}
