import Documents
import Values

extension Receipt {
    /// The notice of the errors that need no new receipt, to the tax office and the payer: A4, after form 04/SS-CTĐT
    /// (Circular 91/2026/TT-BTC, article 20.1). `nil` if there are none. It is to be signed by hand, or by the program that
    /// sends it: no signature of ours is in it, even where the receipt's XML has one.
    func noticeDocument() -> Document? {
        guard let last = notices.last else { return nil }
        let day = last.madeAt.day.components
        return Document(
            title: "Thông báo sai sót \(number.text)",
            page: .a4,
            language: .vietnamese,
            madeAt: last.madeAt,
            foot: RichText("\(number.text) · \(reference)"),
            blocks: [
                .note("Mẫu số: 04/SS-CTĐT", .trailing),
                .paragraph(.bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), .centre),
                .paragraph(.bold("Độc lập - Tự do - Hạnh phúc"), .centre), .space(10),
                .title("THÔNG BÁO"), .paragraph(.bold("Chứng từ điện tử có sai sót"), .centre), .space(8),
                .paragraph("Kính gửi: Cơ quan thuế quản lý, và người nộp"),
                .field("Tổ chức thu", .bold(collector)),
                .field("Mã số thuế", RichText(taxCode ?? "(chưa khai báo)")),
                .paragraph("Tổ chức thu thông báo về biên lai điện tử có sai sót như sau:"), .space(4),
                noticeTable, .space(6),
                .note("Sai sót về tên, địa chỉ người nộp hoặc nội dung bằng chữ: không lập lại biên lai."),
                .paragraph(.italic("Ngày \(day.day) tháng \(day.month) năm \(day.year)"), .trailing),
                .signatures([
                    SignaturePlace(office: "", hint: ""),
                    SignaturePlace(
                        office: "TỔ CHỨC THU",
                        hint: "(Bản này chưa ký số)"
                    ),
                ]),
            ]
        )
    }

    private var noticeTable: Block {
        .table(
            DocumentTable(
                [
                    .init("STT", share: 1.7, .centre), .init("Mẫu số", share: 2), .init("Ký hiệu", share: 2),
                    .init("Số", share: 2, .trailing), .init("Ngày lập", share: 3), .init("Hình thức", share: 2),
                    .init("Sai sót", share: 3), .init("Nội dung sai, nội dung đúng", share: 6),
                ],
                rows: notices.enumerated().map { place, notice in
                    [
                        .init("\(place + 1)"), .init(number.kind.form), .init(number.serial),
                        .init(String(number.number)), .init(issuedAt.day.formatted), .init("Giải trình"),
                        .init(notice.error.phrase.vietnamese), .init(notice.note),
                    ]
                }
            )
        )
    }
}
