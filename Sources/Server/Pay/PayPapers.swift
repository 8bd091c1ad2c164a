import Collection
import Documents
import PaymentQR
import Values
import Workflow

/// What a payer keeps or carries: the code as a picture for a phone's gallery, and the notice to print.
struct PayPapers {
    /// What the papers ask for: a request, or several that are paid together.
    struct Subject {
        let reference: String
        let amount: Money
        let bankBIN: String
        let accountNumber: String
        let accountName: String
        let expiresAt: Instant
        let createdAt: Instant
        /// Whom the money is for; empty for several.
        let agency: String
        /// What is known of what it is for, beside the bill.
        let facts: [(name: String, text: String)]
        /// The bill: each row with its amount.
        let rows: [PayPage.Row]
    }

    let subject: Subject
    let code: QRCode
    let installation: Installation
    let language: Language

    private func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
    private func text(_ name: String) -> String { PayTexts.all[name]?[language] ?? "" }
    private var amount: String { subject.amount.formatted(in: language) }
    private var bank: String {
        BankNames.name(bin: subject.bankBIN).map { "\($0) (\(subject.bankBIN))" } ?? subject.bankBIN
    }
    private var until: String {
        say("Nộp trước \(subject.expiresAt.formatted)", "Pay before \(subject.expiresAt.formatted)")
    }

    /// Dots a point of the picture: 1,080 dots across, as phones have them.
    private static let scale = 3.0

    /// The code with what it asks for below it, as PNG.
    func picture() throws -> [UInt8] {
        // The largest side with a whole number of dots for each module, beside which the quiet zone has room.
        let room = (PageFormat.phone.bodyWidth - 20) * PayPapers.scale
        let dots = (room / Double(code.side + 2 * QRCode.quietZone)).rounded(.down)
        let side = dots * Double(code.side) / PayPapers.scale
        return try Document(
            title: subject.reference,
            page: .phone,
            language: language,
            madeAt: subject.createdAt,
            blocks: [
                .paragraph(.bold(installation.name?[language] ?? subject.accountName), .centre),
                .code(code, side: side, .centre),
                .paragraph(RichText.bold(amount).scaled(1.8), .centre),
                .paragraph(RichText.bold(subject.reference).scaled(1.1), .centre),
                .rule,
                .field(text("holder"), RichText(subject.accountName)),
                .field(text("account"), .bold(subject.accountNumber)),
                .field(text("bank"), RichText(bank)),
                .field(text("note"), .bold(subject.reference)),
                .note(RichText(until)),
            ]
        ).picture(scale: PayPapers.scale)
    }

    /// The notice for those who carry paper to a bank: A5, as PDF.
    func notice() throws -> [UInt8] {
        let rows = subject.rows.map { row -> [DocumentTable.Cell] in
            let name = RichText(row.name) + RichText(row.detail.isEmpty ? "" : "\n" + row.detail).italic
            return [
                .init(row.isTotal ? name.bold : name), .init(row.isTotal ? .bold(row.amount) : RichText(row.amount)),
            ]
        }
        var blocks: [Block] = []
        if let name = installation.name?[language] { blocks.append(.paragraph(.bold(name.uppercased()), .centre)) }
        if !subject.agency.isEmpty { blocks.append(.paragraph(RichText(subject.agency), .centre)) }
        blocks += [
            .title(RichText(say("GIẤY BÁO NỘP TIỀN", "PAYMENT NOTICE"))),
            .paragraph(.italic(until), .centre),
        ]
        blocks += subject.facts.map { .field($0.name, RichText($0.text)) }
        blocks += [
            .field(say("Người nộp", "Payer"), "………………………………………………………"),
            .space(6),
            .table(
                DocumentTable(
                    [
                        .init(RichText(say("Khoản", "Item")), share: 7),
                        .init(RichText(text("amount")), share: 3, .trailing),
                    ],
                    rows: rows
                )
            ),
            .frame([.columns([transfer, square])]),
            .note(RichText(advice)),
        ]
        return try Document(
            title: say("Giấy báo nộp tiền", "Payment notice") + " " + subject.reference,
            page: .a5,
            language: language,
            madeAt: subject.createdAt,
            foot: RichText(subject.reference),
            blocks: blocks
        ).pdf()
    }

    private var transfer: Block.Column {
        Block.Column(
            share: 5,
            [
                .field(text("holder"), RichText(subject.accountName)),
                .field(text("account"), .bold(subject.accountNumber)),
                .field(text("bank"), RichText(bank)),
                .field(text("amount"), .bold(amount)),
                .field(text("note"), .bold(subject.reference)),
            ]
        )
    }

    private var square: Block.Column {
        Block.Column(share: 4, [.code(code, side: 105, .centre)])
    }

    private var advice: String {
        let ask = installation.helpPhone.map { say(" Cần hỏi, gọi \($0).", " Questions: call \($0).") } ?? ""
        return say(
            "Đưa giấy này cho giao dịch viên ngân hàng, hoặc quét mã bằng ứng dụng. Nội dung chuyển khoản phải ghi đúng mã thanh toán để hồ sơ được cập nhật ngay. Giấy này không phải là biên lai.",
            "Give this to the bank's teller, or scan the code with your banking app. The transfer note must be the payment reference, so that your application is updated at once. This is not a receipt."
        ) + ask
    }
}
