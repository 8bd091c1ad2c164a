public import Documents
import PaymentQR
public import Values
public import Workflow

/// A letter that asks a bank about transactions (thư tra soát), as it is printed, signed and sent.
public struct InquiryLetter: Sendable {
    /// A case that the bank is asked about, with what is known of its transaction.
    public struct Item: Sendable {
        public let id: Int64
        public let kind: CaseKind
        /// Empty for a case that is not about one account.
        public let account: String
        public let transactionID: String
        public let at: Instant
        public let amount: Money
        let memo: String
        let counterpartyName: String
        let counterpartyAccount: String
        let reference: String
    }

    /// The bank's BIN.
    public let bankBIN: String
    public let items: [Item]

    /// What people call the bank; its BIN where it is not known.
    public var bankName: String { BankNames.name(bin: bankBIN) ?? bankBIN }

    public var fileName: String {
        items.count == 1 ? "tra-soat-\(items[0].id).pdf" : "tra-soat-\(bankBIN)-\(items.count).pdf"
    }

    /// - Parameters:
    ///   - agency: who asks, at its head; dots to fill in if `nil`.
    ///   - now: the day of the letter.
    public func document(of agency: String?, now: Instant) -> Document {
        let head = OfficialHead(agency: agency, number: "……………/TS", day: now.day)
        let accounts = Set(items.map(\.account)).sorted().joined(separator: ", ")
        return Document(
            title: "Thư tra soát gửi \(bankName)",
            page: .a4,
            language: .vietnamese,
            madeAt: now,
            foot: RichText("Thư tra soát gửi \(bankName), \(items.count) giao dịch"),
            blocks: head.blocks + [
                .space(10), .title("THƯ TRA SOÁT"), .paragraph(.italic("V/v đề nghị tra soát giao dịch"), .centre),
                .space(6), .paragraph("Kính gửi: " + .bold("Ngân hàng \(bankName)") + RichText(" (mã \(bankBIN))")),
                .paragraph(
                    RichText(
                        "Qua đối soát tài khoản \(accounts), cơ quan chúng tôi đề nghị Quý Ngân hàng tra soát \(items.count) giao dịch sau (đơn vị: đồng):"
                    ),
                    .justified
                ), table,
                .paragraph(
                    "Đề nghị Quý Ngân hàng trả lời bằng văn bản và gửi kèm chứng từ của từng giao dịch. Trân trọng cảm ơn.",
                    .justified
                ),
                .together([
                    .space(8),
                    .signatures([
                        SignaturePlace(office: "NGƯỜI LẬP"),
                        SignaturePlace(office: "THỦ TRƯỞNG ĐƠN VỊ", hint: "(Ký, đóng dấu, ghi rõ họ tên)"),
                    ]),
                ]),
            ]
        )
    }

    /// The letter as PDF; see ``document(of:now:)``.
    public func pdf(of agency: String?, now: Instant) throws -> [UInt8] { try document(of: agency, now: now).pdf() }

    private var table: Block {
        .table(
            DocumentTable(
                [
                    .init("STT", share: 1.3, .centre), .init("Giao dịch", share: 3.6),
                    .init("Số tiền", share: 2.2, .trailing),
                    .init("Nội dung chuyển khoản", share: 4), .init("Đề nghị", share: 4),
                ],
                rows: items.enumerated().map { place, item in
                    [
                        .init("\(place + 1)"), .init(item.transaction), .init(item.amount.grouped),
                        .init(item.transfer), .init(item.kind.question + "\n" + "Vụ việc số \(item.id)."),
                    ]
                }
            )
        )
    }
}

extension InquiryLetter.Item {
    fileprivate var transaction: String {
        [transactionID, at.formatted, "TK \(account)", reference.isEmpty ? "" : "Mã thanh toán \(reference)"]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    fileprivate var transfer: String {
        let from = [counterpartyName, counterpartyAccount].filter { !$0.isEmpty }.joined(separator: ", ")
        return [memo, from.isEmpty ? "" : "Người chuyển: \(from)"].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension CaseKind {
    /// What the bank is asked about a case of this kind; the letter is Vietnamese, as banks' offices are.
    fileprivate var question: String {
        switch self {
        case .underpaid, .overpaid, .late, .alarm: "Xác nhận số tiền, thời gian và người chuyển."
        case .unknownReference, .unmatched: "Cho biết người chuyển, nội dung gốc và mã giao dịch gốc."
        case .otherAccount: "Xác nhận tài khoản thụ hưởng của giao dịch."
        case .conflict: "Ngân hàng đã báo giao dịch này hai lần với nội dung khác nhau: xác nhận nội dung đúng."
        case .amountMismatch: "Số tiền trên sao kê khác số tiền đã thông báo: xác nhận số tiền đúng."
        case .duplicateLine: "Sao kê có dòng trùng: xác nhận đây là một hay hai giao dịch."
        case .missingAtBank: "Đã thông báo ghi có nhưng sao kê không có: xác nhận có ghi có không, vào ngày nào."
        case .statementGap: "Số dư đầu của sao kê không khớp số dư cuối trước đó: gửi sao kê còn thiếu."
        case .platformDifference: "Nền tảng thanh toán báo khác với sổ: xác nhận giao dịch có ghi có không."
        }
    }
}
