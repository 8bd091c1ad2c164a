import Casework
import Documents
import Values
import Workflow

/// The slip of a cashier's shift, to print and sign: what it took, what was counted, and the difference.
public struct ShiftSlip: Sendable {
    let shift: Shift
    let takings: [ShiftTaking]
    let agencyName: String

    /// - Parameter takings: of the shift, in any order.
    public init(_ shift: Shift, takings: [ShiftTaking], agencyName: String) {
        self.shift = shift
        self.takings = takings.sorted { $0.noticeID < $1.noticeID }
        self.agencyName = agencyName
    }

    /// The slip as PDF: A4, in Vietnamese. Takes some milliseconds of a processor.
    public func pdf() throws -> [UInt8] { try document.pdf() }

    private var document: Document {
        Document(
            title: "Phiếu kết ca thu \(shift.id)",
            page: .a4,
            language: .vietnamese,
            madeAt: shift.closedAt ?? shift.countedAt ?? shift.openedAt,
            foot: RichText("Ca thu \(shift.id) · \(shift.agencyCode)"),
            watermark: shift.state == .closed ? nil : "CHƯA ĐÓNG CA",
            blocks: head + [.heading("I. Tiền mặt"), cash] + counts + differences
                + [.heading("II. Các khoản đã thu"), sums, .space(6), list, .space(12), .signatures(places)]
        )
    }

    private var head: [Block] {
        [
            .paragraph(.bold(agencyName.uppercased()), .centre),
            .title("PHIẾU KẾT CA THU"),
            .note(
                .italic(
                    "Ca số \(shift.id), từ \(shift.openedAt.formatted) đến \(shift.closedAt?.formatted ?? "(chưa đóng)")"
                ),
                .centre
            ),
            .field("Thu ngân", .bold(shift.cashierName)),
        ]
    }

    private func row(_ name: String, _ amount: Money) -> [DocumentTable.Cell] { [.init(name), .init(amount.grouped)] }

    private var cash: Block {
        let taken = shift.sums.filter { $0.channel == "counter_cash" }.map(\.amount).total()
        return .table(
            DocumentTable(
                [.init("Khoản", share: 7), .init("Số tiền (đồng)", share: 3, .trailing)],
                rows: [
                    row("Tiền lẻ đầu ca", shift.float), row("Thu tiền mặt trong ca", taken),
                    row("Chi tiền hoàn trong ca", -shift.givenBack), row("Theo sổ phải có", shift.expected),
                    row("Kiểm đếm thực tế", shift.counted ?? .zero),
                    row("Chênh lệch", shift.difference ?? .zero),
                ],
                totals: [[.init("Phải nộp ngân hàng"), .init(shift.toDeposit.grouped)]]
            )
        )
    }

    private var counts: [Block] {
        guard let count = shift.count else { return [] }
        let rows = count.lines.map { line -> [DocumentTable.Cell] in
            let isNote = line.denomination != 1
            return [
                .init(isNote ? Money(line.denomination).grouped : "Tiền xu và khác"),
                .init(isNote ? Language.vietnamese.grouped(line.pieces) : ""),
                .init(Money(line.denomination * line.pieces).grouped),
            ]
        }
        return [
            .space(6),
            .table(
                DocumentTable(
                    [
                        .init("Mệnh giá", share: 4, .trailing), .init("Số tờ", share: 2, .trailing),
                        .init("Thành tiền (đồng)", share: 4, .trailing),
                    ],
                    rows: rows,
                    totals: [[.init("Cộng", span: 2, .trailing), .init(count.total.grouped)]]
                )
            ), .note(.italic("Bằng chữ: \(count.total.inWords)")),
        ]
    }

    private var differences: [Block] {
        var blocks: [Block] = []
        if let explanation = shift.explanation { blocks.append(.field("Giải trình", RichText(explanation))) }
        if let name = shift.approvedByName {
            blocks.append(.field("Người duyệt khoản lệch", .bold(name) + RichText(": " + (shift.approvalNote ?? ""))))
        }
        if let deposit = shift.deposit {
            let words =
                "\(deposit.amount.grouped) đồng, giấy nộp tiền số \(deposit.slipNumber), ngày \(deposit.depositedOn.formatted)"
            blocks.append(.field("Đã nộp ngân hàng", RichText(words)))
        }
        return blocks
    }

    private var sums: Block {
        .table(
            DocumentTable(
                [
                    .init("Hình thức", share: 5), .init("Số khoản", share: 2, .trailing),
                    .init("Số tiền (đồng)", share: 3, .trailing),
                ],
                rows: shift.sums.map { sum in
                    [
                        .init(Vocabulary.channel[sum.channel][.vietnamese]),
                        .init(Language.vietnamese.grouped(sum.count)),
                        .init(sum.amount.grouped),
                    ]
                },
                totals: [
                    [
                        .init("Cộng"), .init(Language.vietnamese.grouped(shift.sums.reduce(0) { $0 + $1.count })),
                        .init(shift.sums.map(\.amount).total().grouped),
                    ]
                ]
            )
        )
    }

    /// One line a payment: what a cashier holds against it is the dossier's paper and the receipt.
    private var list: Block {
        let isOfOneDay = Set(takings.map(\.takenAt.day)).count <= 1
        return .table(
            DocumentTable(
                [
                    .init("Lúc", share: isOfOneDay ? 2 : 4), .init("Hồ sơ", share: 6), .init("Hình thức", share: 4),
                    .init("Biên lai", share: 5), .init("Số tiền (đồng)", share: 4, .trailing),
                ],
                rows: takings.map { taking in
                    [
                        .init(isOfOneDay ? String(taking.takenAt.formatted.prefix(5)) : taking.takenAt.formatted),
                        .init(taking.dossierCode),
                        .init(Vocabulary.channel[taking.channel][.vietnamese]),
                        .init(taking.receipts.map(\.text).joined(separator: ", ")), .init(taking.amount.grouped),
                    ]
                }
            )
        )
    }

    private var places: [SignaturePlace] {
        [
            SignaturePlace(office: "THU NGÂN", name: shift.cashierName),
            SignaturePlace(office: "NGƯỜI KIỂM TRA", name: shift.approvedByName),
            SignaturePlace(office: "THỦ QUỸ"),
        ]
    }
}
