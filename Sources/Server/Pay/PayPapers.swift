import Collection
import Documents
import PaymentQR
import Values
import Workflow

/// What a payer keeps or carries: the code as a picture for a phone's gallery, and the notice to print.
struct PayPapers {
    let view: PayerView
    let names: PayNames
    let code: QRCode
    let installation: Installation
    let language: Language

    private var request: PaymentRequest { view.request }
    private func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
    private func text(_ name: String) -> String { PayTexts.all[name]?[language] ?? "" }
    private var amount: String { request.amountRemaining.formatted(in: language) }
    private var bank: String {
        BankNames.name(bin: request.bankBIN).map { "\($0) (\(request.bankBIN))" } ?? request.bankBIN
    }
    private var until: String {
        say("Nộp trước \(request.expiresAt.formatted)", "Pay before \(request.expiresAt.formatted)")
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
            title: request.reference,
            page: .phone,
            language: language,
            madeAt: request.createdAt,
            blocks: [
                .paragraph(.bold(installation.name?[language] ?? request.accountName), .centre),
                .code(code, side: side, .centre),
                .paragraph(RichText.bold(amount).scaled(1.8), .centre),
                .paragraph(RichText.bold(request.reference).scaled(1.1), .centre),
                .rule,
                .field(text("holder"), RichText(request.accountName)),
                .field(text("account"), .bold(request.accountNumber)),
                .field(text("bank"), RichText(bank)),
                .field(text("note"), .bold(request.reference)),
                .note(RichText(until)),
            ]
        ).picture(scale: PayPapers.scale)
    }

    /// The notice for those who carry paper to a bank: A5, as PDF.
    func notice() throws -> [UInt8] {
        let page = PayPage(view, names, installation, now: request.createdAt, in: language)
        let rows = page.rows.map { row -> [DocumentTable.Cell] in
            let name = RichText(row.name) + RichText(row.detail.isEmpty ? "" : "\n" + row.detail).italic
            return [
                .init(row.isTotal ? name.bold : name), .init(row.isTotal ? .bold(row.amount) : RichText(row.amount)),
            ]
        }
        var blocks: [Block] = []
        if let name = installation.name?[language] { blocks.append(.paragraph(.bold(name.uppercased()), .centre)) }
        blocks += [
            .paragraph(RichText(page.agency), .centre),
            .title(RichText(say("GIẤY BÁO NỘP TIỀN", "PAYMENT NOTICE"))),
            .paragraph(.italic(until), .centre),
            .field(text("dossier"), RichText(request.dossierCode)),
            .field(say("Thủ tục", "Procedure"), RichText(page.procedure)),
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
            title: say("Giấy báo nộp tiền", "Payment notice") + " " + request.reference,
            page: .a5,
            language: language,
            madeAt: request.createdAt,
            foot: RichText(request.reference),
            blocks: blocks
        ).pdf()
    }

    private var transfer: Block.Column {
        Block.Column(
            share: 5,
            [
                .field(text("holder"), RichText(request.accountName)),
                .field(text("account"), .bold(request.accountNumber)),
                .field(text("bank"), RichText(bank)),
                .field(text("amount"), .bold(amount)),
                .field(text("note"), .bold(request.reference)),
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
