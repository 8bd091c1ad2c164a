import Casework
import Documents
import FeeSchedule
import PaymentQR
import Values
import Workflow

extension Remittance {
    /// The order as PDF to print and sign: A4, form 02, sign C1-02/NS (Decree 347/2025/NĐ-CP, annex I). Takes some
    /// milliseconds of a processor.
    public func pdf() throws -> [UInt8] { try document.pdf() }

    private var document: Document {
        Document(
            title: "Giấy nộp tiền vào ngân sách nhà nước \(mark)",
            page: .a4Landscape,
            language: .vietnamese,
            madeAt: made.at,
            foot: RichText("\(mark) · \(key.agencyCode)"),
            watermark: watermark,
            // Of an order with many lines, the sum in words and the last line stand with the signatures.
            blocks: head + parties + [.space(4), table, .space(4)]
                + [.together(words + [.space(8), .signatures(payerPlaces), .space(10), .signatures(treasuryPlaces)])]
        )
    }

    private var watermark: String? {
        switch state {
        case .made: "CHƯA DUYỆT"
        case .rejected: "ĐÃ TỪ CHỐI"
        case .returned: "BỊ TRẢ LẠI"
        case .approved, .sent, .settled: nil
        }
    }

    private var head: [Block] {
        let form: [Block] = [
            .note("Mẫu số 02", .centre), .note(.bold("Ký hiệu: C1-02/NS"), .centre),
            .note(RichText("Mã hiệu: \(mark)"), .centre), .note(RichText("Số: \(id)"), .centre),
        ]
        let title: [Block] = [
            .title("GIẤY NỘP TIỀN VÀO NGÂN SÁCH NHÀ NƯỚC"),
            .paragraph("Tiền mặt [   ]     Chuyển khoản [ x ]     Loại tiền: VND", .centre),
        ]
        let number: [Block] = [.note("Mã số hồ sơ: ……………………"), .note(RichText("Số tham chiếu: \(mark)"))]
        return [
            .columns([.init(share: 3, number), .init(share: 6, title), .init(share: 3, form)]), .space(4),
        ]
    }

    private var parties: [Block] {
        let bank = BankNames.name(bin: bankBIN) ?? bankBIN
        return [
            .columns([
                .init(
                    [
                        .field("Người nộp thuế", .bold(payer.name)), .field("Mã số thuế", .bold(payer.taxCode)),
                        .field("Địa chỉ", RichText(payer.address ?? "……………………")),
                        .field("Đề nghị NH/KBNN trích TK số", .bold(key.accountNumber)),
                        .field("Tại", RichText("\(bank) (\(accountName))")),
                    ]
                ),
                .init(
                    [
                        .field("Nộp vào TK của KBNN số", .bold(key.treasuryAccount.rawValue)),
                        .field("KBNN", RichText("\(payer.treasuryName), mã \(payer.treasuryCode)")),
                        .field("Cơ quan quản lý thu", RichText("\(payer.officeName), mã \(payer.officeCode)")),
                        .field("Theo văn bản của cơ quan có thẩm quyền", "Thuế [   ]   Hải quan [   ]   Khác [ x ]"),
                        .field("Năm ngân sách", RichText(String(key.budgetYear))),
                    ]
                ),
            ])
        ]
    }

    private var table: Block {
        .table(
            DocumentTable(
                [
                    .init("STT", share: 1.3, .centre),
                    .init("Số tờ khai, quyết định, thông báo, mã định danh hồ sơ", share: 4),
                    .init("Kỳ thuế, ngày quyết định, thông báo", share: 3, .centre),
                    .init("Nội dung các khoản nộp NSNN", share: 7), .init("Số nguyên tệ", share: 2, .trailing),
                    .init("Số tiền VND", share: 3, .trailing), .init("Mã chương", share: 2, .centre),
                    .init("Mã NDKT", share: 2, .centre), .init("Mã ĐBHC", share: 2, .centre),
                ],
                rows: lines.enumerated().map { place, line in
                    [
                        .init("\(place + 1)"), "", .init(made.at.day.formatted), .init(line.name), "",
                        .init(line.amount.grouped), .init(line.code.chapter), .init(line.code.budgetCode),
                        .init(payer.areaCode),
                    ]
                },
                totals: [[.init("Tổng cộng", span: 5, .trailing), .init(amount.grouped), .init("", span: 3)]]
            )
        )
    }

    private var words: [Block] {
        [
            .field("Tổng số tiền ghi bằng chữ", .italic(amount.inWords)),
            .field("Nội dung chuyển tiền", RichText(memo)),
            .columns([
                .init(share: 3, [.note(.bold("PHẦN KBNN GHI"))]),
                .init(share: 9, [.note("Mã CQ thu: ………………   Mã nguồn NSNN: ……………   Nợ TK: ………………   Có TK: ………………")]),
            ]),
        ]
    }

    private var payerPlaces: [SignaturePlace] {
        [
            SignaturePlace(office: "NGƯỜI NỘP TIỀN", name: made.name),
            SignaturePlace(office: "KẾ TOÁN TRƯỞNG"),
            SignaturePlace(office: "THỦ TRƯỞNG ĐƠN VỊ", hint: "(Ký, ghi rõ họ tên, đóng dấu)", name: approved?.name),
        ]
    }

    private var treasuryPlaces: [SignaturePlace] {
        ["NGÂN HÀNG / KBNN: GIAO DỊCH VIÊN", "KIỂM SOÁT", "THỦ TRƯỞNG"].map { SignaturePlace(office: $0, hint: "") }
    }
}
