import FeeSchedule
public import Spreadsheets
public import Values

extension NonCashReport {
    /// The body of the API, and what `khop report non-cash --json` prints.
    public var json: JSON {
        [
            "period": question.period.json, "level": .string(question.level.rawValue),
            "by": .string(question.by.rawValue), "locality": .optional(question.locality),
            "as_of": .string(question.asOf.rawValue), "generated_at": .text(generatedAt),
            "rows": .array(lines.map { $0.json(question.by) }), "total": total.json(question.by),
            "without_payments": .array(quiet.map { $0.json(question.by) }),
        ]
    }

    /// The lines as people read them: those of localities with the best rate first and then those without payments, the
    /// agencies of the level above last; others as they are.
    public var ranked: [Line] {
        guard question.by == .locality else { return lines }
        func rate(_ line: Line) -> Int64 { Rate(line.figures.nonCash, of: line.figures.paid).hundredths ?? -1 }
        let sorted = lines.sorted { (rate($0), $0.figures.paid) > (rate($1), $1.figures.paid) }
        return sorted.filter { !$0.isAboveLevel } + quiet + sorted.filter(\.isAboveLevel)
    }

    /// The report as a table: for CSV, workbooks and terminals.
    public var sheet: Sheet {
        var columns: [Sheet.Column]
        switch question.by {
        case .locality:
            columns = [
                .init("locality_code", "Mã", "Code", .text),
                .init("locality_valid_from", "Từ ngày", "In force from", .day, isBrief: false),
            ]
        case .procedure: columns = [.init("procedure_code", "Mã", "Code", .text)]
        case .field: columns = [.init("field_vi", "Lĩnh vực", "Field", .text, isBrief: false)]
        case .channel: columns = [.init("channel", "Mã", "Code", .text)]
        }
        let keyed = columns.count
        columns += [
            .init("name_vi", "Tên", "Name", .text), .init("name_en", "Tên tiếng Anh", "English", .text, isBrief: false),
            .init("paid_requests", "Đã thanh toán", "Paid", .count),
            .init("non_cash_requests", "Không tiền mặt", "Non-cash", .count),
            .init("online_requests", "Trực tuyến", "Online", .count, isBrief: false),
            .init("cash_requests", "Tiền mặt", "Cash", .count, isBrief: false),
            .init("non_cash_rate", "Tỷ lệ", "Non-cash rate", .rate),
            .init("online_rate", "Tỷ lệ trực tuyến", "Online rate", .rate),
            .init("amount_total", "Số tiền (₫)", "Amount (₫)", .money),
            .init("amount_non_cash", "Không tiền mặt (₫)", "Non-cash (₫)", .money, isBrief: false),
            .init("amount_rate", "Tỷ lệ số tiền", "Rate of amount", .rate, isBrief: false),
            .init("discount_total", "Giảm trực tuyến (₫)", "Discount (₫)", .money, isBrief: false),
            .init("target", "Mục tiêu", "Target", .rate),
            .init("previous_non_cash_rate", "Kỳ trước", "Previous", .rate),
            .init("target_met", "So với chỉ tiêu", "Against target", .text),
        ]
        func cells(_ line: Line) -> [Sheet.Cell] {
            let figures = line.figures
            func rate(_ rate: Rate) -> Sheet.Cell { rate.hundredths.map { .rate($0) } ?? .empty }
            var cells: [Sheet.Cell]
            switch line.key {
            case .locality(let key): cells = [.text(key.code), .day(key.validFrom)]
            case .procedure(let text), .field(let text): cells = [.text(text)]
            case .channel(let channel): cells = [.text(channel.rawValue)]
            case nil: cells = Array(repeating: .empty, count: keyed)
            }
            cells += [
                .text(line.name[.vietnamese] + (line.isWithoutSuccessor ? " (*)" : "")), .text(line.name[.english]),
                .count(figures.paid),
                .count(figures.nonCash),
                .count(figures.online), .count(figures.cash), rate(Rate(figures.nonCash, of: figures.paid)),
                rate(Rate(figures.online, of: figures.paid)), .money(figures.amount), .money(figures.nonCashAmount),
                rate(Rate(figures.nonCashAmount.dong, of: figures.amount.dong)), .money(figures.discount),
                line.target.map { .rate($0) } ?? .empty, rate(line.previous),
                line.isTargetMet.map { .words($0 ? .targetMet : .targetMissed) } ?? .empty,
            ]
            return cells
        }
        var sheet = Sheet(
            name: "Không tiền mặt",
            title: Phrase(vi: "Tỷ lệ thanh toán không dùng tiền mặt", en: "Non-cash payment rate"),
            subtitles: question.period.subtitles + [
                .area(area, question.level, question.asOf), .asOf(generatedAt),
            ],
            columns: columns,
            rows: ranked.map(cells),
            total: cells(total),
            footers: [
                Phrase(
                    vi:
                        "Không tiền mặt: mọi hình thức trừ tiền mặt (Nghị định 52/2024/NĐ-CP). Trực tuyến: qua cổng dịch vụ công.",
                    en: "Non-cash: any channel but cash (Decree 52/2024/NĐ-CP). Online: through the portal's payment."
                ),
                Phrase(
                    vi: "(*) Đơn vị đã kết thúc, không có một đơn vị kế thừa duy nhất.",
                    en: "(*) A unit that ended without a single successor."
                ),
                Phrase(
                    vi: "Hồ sơ hoàn phí toàn bộ và hồ sơ 0 đồng không tính.",
                    en: "Fully refunded and 0 đồng requests are not counted."
                ),
            ],
            chart: .init(
                title: Phrase(vi: "Tỷ lệ không dùng tiền mặt", en: "Non-cash rate"),
                categories: keyed,
                values: keyed + 6,
                targets: keyed + 12
            )
        )
        (sheet.issuer, sheet.signers) = (area.issuer, .ofForms)
        return sheet
    }
}

extension ReportPeriod {
    var json: JSON {
        ["from": .text(from), "to": .text(to), "label": .string(label), "basis": .optional(basis?.rawValue)]
    }

    /// The line that states which days a report covers.
    var subtitles: [Phrase] {
        let days = "\(from.formatted) – \(to.formatted)"
        switch basis {
        case .calendar: return [Phrase(vi: "Kỳ \(name[.vietnamese]): \(days)", en: "Period \(name[.english]): \(days)")]
        case .decree09:
            return [
                Phrase(
                    vi: "Kỳ \(name[.vietnamese]) theo Nghị định 09/2019/NĐ-CP: \(days)",
                    en: "Period \(name[.english]) by Decree 09/2019/NĐ-CP: \(days)"
                )
            ]
        case nil: return [Phrase(vi: "Kỳ: \(days)", en: "Period: \(days)")]
        }
    }
}

extension [Sheet.Signer] {
    /// Who signs a form: whoever made it, and the head of the unit.
    static let ofForms = [
        Sheet.Signer("Người lập biểu", "Prepared by"), Sheet.Signer("Thủ trưởng đơn vị", "Head of unit"),
    ]
}

extension NonCashReport.Line {
    /// The name of the row; of agencies above the level that was asked for, with whose they are.
    public var name: Phrase {
        guard isAboveLevel else { return Phrase(vi: nameVi, en: nameEn) }
        return Phrase(vi: "\(nameVi): cơ quan của cấp trên", en: "\(nameEn): agencies of the level above")
    }

    public func json(_ by: NonCashReport.By) -> JSON {
        var members: [JSON.Member]
        switch (key, by) {
        case (.locality(let key), _):
            members = [
                .init("locality_code", .string(key.code)), .init("locality_valid_from", .text(key.validFrom)),
            ]
        case (.procedure(let code), _): members = [.init("procedure_code", .string(code))]
        case (.field(let field), _): members = [.init("field_vi", .string(field))]
        case (.channel(let channel), _): members = [.init("channel", .string(channel.rawValue))]
        case (nil, .locality): members = [.init("locality_code", .null), .init("locality_valid_from", .null)]
        case (nil, .procedure): members = [.init("procedure_code", .null)]
        case (nil, .field): members = [.init("field_vi", .null)]
        case (nil, .channel): members = [.init("channel", .null)]
        }
        func text(_ hundredths: Int64?) -> JSON { hundredths.map { Rate($0, of: 10_000).json } ?? .null }
        func truth(_ value: Bool?) -> JSON { value.map { .bool($0) } ?? .null }
        members += [
            .init("name_vi", .string(nameVi)), .init("name_en", .string(nameEn)),
            .init("paid_requests", .integer(figures.paid)), .init("non_cash_requests", .integer(figures.nonCash)),
            .init("online_requests", .integer(figures.online)), .init("cash_requests", .integer(figures.cash)),
            .init("non_cash_rate", Rate(figures.nonCash, of: figures.paid).json),
            .init("online_rate", Rate(figures.online, of: figures.paid).json),
            .init("amount_total", .money(figures.amount)), .init("amount_non_cash", .money(figures.nonCashAmount)),
            .init("amount_rate", Rate(figures.nonCashAmount.dong, of: figures.amount.dong).json),
            .init("discount_total", .money(figures.discount)), .init("target", text(target)),
            .init("target_met", truth(isTargetMet)), .init("online_target", text(onlineTarget)),
            .init("online_target_met", truth(isOnlineTargetMet)), .init("previous_non_cash_rate", previous.json),
        ]
        if case .locality = key {
            members.append(.init("without_successor", .bool(isWithoutSuccessor)))
            members.append(.init("target_of", .optional(targetOf)))
        }
        return .object(members)
    }
}
