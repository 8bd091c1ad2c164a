public import Documents
import PaymentQR
public import Values

extension Receipt {
    /// The receipt to show and to print: A5, after form 01/PLPĐT (Circular 91/2026/TT-BTC, annex V, for reference).
    ///
    /// - Parameters:
    ///   - publicURL: the beginning of the address that the QR code leads to.
    ///   - signer: whose certificate signs the XML; `nil` without one, which the document says.
    ///   - copiedAt: when it was printed again, which makes it a copy; `nil` for the one that the payer takes.
    public func document(publicURL: String, signer: String?, copiedAt: Instant? = nil) -> Document {
        let page = "\(publicURL)/r/\(number.address)"
        return Document(
            title: "\(title.vietnamese) \(number.text)",
            page: .a5Landscape,
            language: .vietnamese,
            madeAt: issuedAt,
            foot: RichText(
                "Tra cứu và tải bản XML: \(page)" + (copiedAt.map { " · In lại lúc \($0.formatted)" } ?? "")
            ),
            watermark: replacedBy != nil ? "ĐÃ THAY THẾ" : copiedAt != nil ? "BẢN SAO" : nil,
            blocks: head + parties + [table] + [.together(ending(page, signer))]
        )
    }

    private var head: [Block] {
        let left: [Block] = [
            .paragraph(RichText(collector.uppercased()).bold, .centre),
            .note(RichText("Mã số thuế: \(taxCode ?? "(chưa khai báo)")"), .centre),
        ]
        let right: [Block] = [
            .field("Mẫu số", .bold(number.kind.form)), .field("Ký hiệu", .bold(number.serial)),
            .field("Số", .bold(String(number.number))),
        ]
        let day = issuedAt.day.components
        return [
            .columns([
                .init(share: 5, left + contact),
                .init(share: 2, right),
            ]),
            .title(RichText(title.vietnamese)),
            .note(.italic("Ngày \(day.day) tháng \(day.month) năm \(day.year)"), .centre),
        ]
    }

    private var contact: [Block] {
        [address.map { "Địa chỉ: \($0)" }, phone.map { "Điện thoại: \($0)" }].compactMap { $0 }.map {
            .note(RichText($0), .centre)
        }
    }

    private var parties: [Block] {
        var blocks: [Block] = [
            .field("Người nộp", payerName.map { .bold($0) } ?? .italic("(không ghi)")),
            .field("Mã hồ sơ", RichText(dossierCode) + "    Mã thanh toán: " + RichText(reference)),
            .field("Thủ tục", RichText(procedureName.isEmpty ? procedureCode : "\(procedureName) (\(procedureCode))")),
        ]
        if let replaces, let reason {
            blocks.append(
                .paragraph(.bold("Thay thế biên lai \(replaces.text). ") + RichText("Lý do: \(reason)"))
            )
        }
        return blocks + [.space(4)]
    }

    private var table: Block {
        .table(
            DocumentTable(
                [
                    .init("STT", share: 1.3, .centre), .init("Nội dung thu", share: 7), .init("Căn cứ", share: 4),
                    .init("Số lượng", share: 2, .centre), .init("Số tiền (đồng)", share: 3, .trailing),
                ],
                rows: items.enumerated().map { place, item in
                    [
                        .init("\(place + 1)"), .init(item.name), .init(item.legalBasis),
                        .init(item.unit.isEmpty ? "" : "\(item.quantity) \(item.unit)"), .init(item.amount.grouped),
                    ]
                },
                totals: [[.init("Cộng", span: 4, .trailing), .init(amount.grouped)]]
            )
        )
    }

    private func ending(_ page: String, _ signer: String?) -> [Block] {
        let day = issuedAt.day.formatted
        let signed: [Block] =
            signer.map {
                [
                    .paragraph(.bold("Ký số: ") + RichText($0)), .note(RichText("Ngày ký: \(day)")),
                    .note("Chữ ký số nằm trong bản XML của biên lai này."),
                ]
            } ?? [.paragraph(.bold("CHƯA KÝ SỐ")), .note("Cơ quan thu chưa cài chứng thư số trên hệ thống.")]
        var end: [Block] = [
            .field("Bằng chữ", .italic(amount.inWords)), .field("Hình thức thanh toán", RichText(way.vietnamese)),
        ]
        for notice in notices {
            end.append(.note(.bold("Thông báo sai sót (04/SS-CTĐT): ") + RichText(notice.note)))
        }
        let code = QRCode(page).map { [Block.code($0, side: 52)] } ?? []
        return end + [.space(4), .frame([.columns([.init(share: 1, code), .init(share: 5, signed)])])]
    }
}
