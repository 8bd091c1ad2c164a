public import Documents
import PaymentQR
import Spreadsheets
import Values
import Workflow

extension ReconciliationReport {
    /// How many items, cases and changes of a kind are printed one by one; the workbook has them all.
    static let mostPrinted = 500

    /// The record as it is printed and signed: A4, for a signed day as it was signed, with what has changed since.
    ///
    /// - Parameter agency: who keeps the books, at its head; if `nil`, whose account it is, as the workbook has it.
    public func document(of agency: String?) -> Document {
        let number = "\(day.description.filter { $0 != "-" })-\(accountNumber)/BB-ĐS"
        let holder = accountName.isEmpty ? nil : accountName
        let head = OfficialHead(agency: agency ?? holder, number: number, day: (signOff?.at ?? generatedAt).day)
        return Document(
            title: "Biên bản đối soát \(accountNumber) ngày \(day.formatted)",
            page: .a4,
            language: .vietnamese,
            madeAt: generatedAt,
            foot: RichText("Biên bản đối soát \(accountNumber), \(day.formatted). In lúc \(generatedAt.formatted)."),
            watermark: signOff == nil ? "CHƯA KÝ" : nil,
            blocks: head.blocks + heading + balanceTable + groupTable + differenceTable + openItems + caseTable
                + changeTable + ending
        )
    }

    /// ``document(of:)`` as PDF.
    public func pdf(of agency: String?) throws -> [UInt8] { try document(of: agency).pdf() }

    private var heading: [Block] {
        let bank = BankNames.name(bin: bankBIN).map { "\($0) (\(bankBIN))" } ?? bankBIN
        return [
            .space(8), .title("BIÊN BẢN ĐỐI SOÁT"),
            .paragraph(.italic("Tài khoản \(accountNumber), ngày \(day.formatted)"), .centre), .space(4),
            .field("Chủ tài khoản", RichText(accountName)), .field("Số tài khoản", RichText(accountNumber)),
            .field("Ngân hàng", RichText(bank)),
            .paragraph(
                "Căn cứ sao kê của ngân hàng và sổ sách của cơ quan thu, kết quả đối soát như sau (đơn vị: đồng):"
            ),
        ]
    }

    private static func number(_ count: some BinaryInteger) -> String { Language.vietnamese.grouped(count) }

    private func amount(_ name: String) -> String { shown[name]?.integer.map { Money($0).grouped } ?? "" }

    /// The lines of a direction: how many, and their sum.
    private func sum(_ direction: String) -> (count: Int64, amount: Money) {
        list("groups").filter { $0["direction"]?.string == direction }.reduce((0, .zero)) { sum, group in
            (sum.0 + (group["count"]?.integer ?? 0), sum.1 + Money(group["amount"]?.integer ?? 0))
        }
    }

    /// Bank and books side by side.
    private var balanceTable: [Block] {
        let (credits, debits) = (sum("credit"), sum("debit"))
        var rows: [[DocumentTable.Cell]] = [
            ["Số dư đầu ngày", .init(amount("opening_balance")), ""],
            [.init("Ghi có trong ngày (\(Self.number(credits.count)) dòng)"), .init(credits.amount.grouped), ""],
            [.init("Ghi nợ trong ngày (\(Self.number(debits.count)) dòng)"), .init(debits.amount.grouped), ""],
            ["Số dư cuối ngày", .init(amount("closing_balance")), .init(amount("books_balance"))],
        ]
        if !amount("stated_closing_balance").isEmpty {
            rows.append(["Số dư cuối ngày ghi trên sao kê", .init(amount("stated_closing_balance")), ""])
        }
        return [
            .heading("1. Ngân hàng và sổ sách"),
            .table(
                DocumentTable(
                    [
                        .init("Khoản mục", share: 5), .init("Theo ngân hàng", share: 3, .trailing),
                        .init("Theo sổ sách", share: 3, .trailing),
                    ],
                    rows: rows,
                    totals: [[.init("Chênh lệch (sổ sách trừ ngân hàng)", span: 2), .init(amount("difference"))]]
                )
            ),
        ]
    }

    private var groupTable: [Block] {
        guard !list("groups").isEmpty else { return [] }
        return [
            .heading("2. Các dòng sao kê trong ngày"),
            .table(
                DocumentTable(
                    [
                        .init("Kết quả", share: 5), .init("Số dòng", share: 2, .trailing),
                        .init("Số tiền", share: 3, .trailing),
                    ],
                    rows: list("groups").map { group in
                        [
                            .init(Self.group(group).vietnamese), .init(Self.number(group["count"]?.integer ?? 0)),
                            .init(Money(group["amount"]?.integer ?? 0).grouped),
                        ]
                    }
                )
            ),
        ]
    }

    /// Every reason for the difference, down to what nothing explains.
    private var differenceTable: [Block] {
        let items = list("items")
        let (printed, rest) = (items.prefix(Self.mostPrinted), items.dropFirst(Self.mostPrinted))
        func total(_ items: some Sequence<JSON>) -> String {
            Money(items.reduce(0) { $0 + ($1["amount"]?.integer ?? 0) }).grouped
        }
        var rows: [[DocumentTable.Cell]] = printed.enumerated().map { place, item in
            [
                .init("\(place + 1)"), .init(Day(Self.text(item["booked_on"]))?.formatted ?? ""),
                .init(Self.reason(item).vietnamese), .init(Self.text(item["detail"])),
                .init(Money(item["amount"]?.integer ?? 0).grouped),
            ]
        }
        if !rest.isEmpty {
            rows.append([
                "", .init(RichText("\(Self.number(rest.count)) khoản khác, xem bảng tính của biên bản"), span: 3),
                .init(total(rest)),
            ])
        }
        let title: Block = .heading("3. Giải thích chênh lệch")
        if items.isEmpty, amount("unexplained") == Money.zero.grouped {
            return [title, .paragraph("Ngân hàng và sổ sách khớp nhau, không có khoản nào phải giải thích.")]
        }
        return [
            title,
            .table(
                DocumentTable(
                    [
                        .init("STT", share: 1.1, .centre), .init("Ngày", share: 2.1, .centre),
                        .init("Lý do", share: 4), .init("Giao dịch", share: 5), .init("Số tiền", share: 2.6, .trailing),
                    ],
                    rows: rows,
                    totals: [
                        [.init("Cộng các khoản đã giải thích", span: 4), .init(total(items))],
                        [.init("Còn lại chưa giải thích", span: 4), .init(amount("unexplained"))],
                    ]
                )
            ),
        ]
    }

    /// What was open when the day was signed; of a day that nobody signed, what is open now.
    private var openItems: [Block] {
        var sentences = list("warnings").compactMap { Reason(stored: $0)?.sentence(in: .vietnamese) }
        if signOff == nil, openCases > 0 { sentences.append("Còn \(Self.number(openCases)) vụ việc chưa xử lý xong.") }
        if let note = countersigned?.note { sentences.append("Ý kiến khi ký lần hai: \(note)") }
        let title: Block = .heading(signOff == nil ? "4. Khoản còn mở" : "4. Khoản còn mở khi ký")
        return [title] + (sentences.isEmpty ? ["Không có."] : sentences).map { .paragraph(RichText($0)) }
    }

    private var caseTable: [Block] {
        guard !cases.isEmpty else { return [] }
        let rows = cases.prefix(Self.mostPrinted).map { title, item -> [DocumentTable.Cell] in
            [
                .init(Self.text(item["id"])), .init(Vocabulary.caseKind[Self.text(item["kind"])].vietnamese),
                .init(title.vietnamese), .init(Self.endedWords(item).vietnamese),
                .init(Money(item["amount"]?.integer ?? 0).grouped),
            ]
        }
        let more = cases.count - rows.count
        return [
            .heading("5. Vụ việc mở và đóng trong ngày"),
            .table(
                DocumentTable(
                    [
                        .init("Số", share: 1.5, .centre), .init("Loại", share: 4), .init("Việc", share: 3),
                        .init(RichText(stateTitle[.vietnamese]), share: 4),
                        .init("Số tiền", share: 2.6, .trailing),
                    ],
                    rows: rows
                )
            ),
        ] + (more > 0 ? [.note(RichText("và \(Self.number(more)) vụ việc khác, xem bảng tính của biên bản"))] : [])
    }

    private var changeTable: [Block] {
        let all = adjustmentRows
        guard !all.isEmpty else { return [] }
        func text(_ cell: Sheet.Cell) -> DocumentTable.Cell {
            switch cell {
            case .money(let amount): .init(amount.grouped)
            case .words(let words): .init(words.vietnamese)
            default: .init(cell.plain)
            }
        }
        return [
            .heading("6. Thay đổi sau khi ký"),
            .table(
                DocumentTable(
                    [
                        .init("Khoản mục", share: 6), .init("Lúc ký", share: 3, .trailing),
                        .init("Hiện nay", share: 3, .trailing),
                    ],
                    rows: all.prefix(Self.mostPrinted).map { $0.map(text) }
                )
            ),
        ]
    }

    /// Where somebody of ours signs by hand, unless that person has signed here.
    private func place(_ office: String, _ name: String?) -> SignaturePlace {
        guard let name else { return SignaturePlace(office: office) }
        return SignaturePlace(office: office, hint: "(Đã ký trên hệ thống)", name: name)
    }

    private var ending: [Block] {
        let first = signOff.map { "Ký trên hệ thống: \($0.by), lúc \($0.at.formatted)." }
        let second = countersigned.map { "Ký lần hai: \($0.by), lúc \($0.at.formatted)." }
        let signed = [first ?? "Chưa ai ký biên bản này trên hệ thống.", second].compactMap { $0 }
        return [
            .space(6),
            .together(
                signed.map { .paragraph(RichText($0)) } + [
                    .space(6),
                    .signatures([
                        place("NGƯỜI LẬP", signOff?.by), place("KẾ TOÁN TRƯỞNG", countersigned?.by),
                        SignaturePlace(office: "ĐẠI DIỆN NGÂN HÀNG", hint: "(Ký, đóng dấu, ghi rõ họ tên)"),
                    ]),
                ]
            ),
        ]
    }
}
