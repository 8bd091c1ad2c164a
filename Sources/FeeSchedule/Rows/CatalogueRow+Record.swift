import Values

// Every initialiser reads all its fields, so that all faults of a row are reported at once.

extension LocalityRow {
    init?(_ record: inout Record) {
        let code = record.code("code")
        let validity = record.validity()
        let level = record.one(of: Level.self, "level")
        let parent = record.optionalCode("parent_code")
        let nameVi = record.required("name_vi")
        let nameEn = record.required("name_en")
        let successors = record.optional("successor_code", maximum: 2000).split(separator: ";").map { part in
            String(part.drop { $0 == " " })
        }
        if level == .province, !parent.isEmpty {
            record.fault(
                "parent_code",
                Phrase(
                    vi: "phải để trống: không có đơn vị nào trên cấp tỉnh",
                    en: "must be empty: nothing stands above a province"
                )
            )
        } else if let level, level != .province, parent.isEmpty {
            record.fault(
                "parent_code",
                Phrase(
                    vi: "đang trống: nêu đơn vị cấp trên của đơn vị cấp \(level.rawValue) này",
                    en: "is empty: name the unit that this \(level.rawValue) belongs to"
                )
            )
        }
        if !successors.isEmpty, let validity, validity.to == nil {
            record.fault(
                "successor_code",
                Phrase(
                    vi: "được nêu cho đơn vị không kết thúc: hãy nêu valid_to, hoặc để trống",
                    en: "is given for a unit that does not end: give valid_to, or leave it empty"
                )
            )
        }
        guard let validity, let level else { return nil }
        self.init(
            code: code,
            validity: validity,
            level: level,
            parentCode: parent,
            nameVi: nameVi,
            nameEn: nameEn,
            successorCodes: successors
        )
    }
}

extension AgencyRow {
    init?(_ record: inout Record) {
        self.init(
            code: record.code("code"),
            nameVi: record.required("name_vi"),
            nameEn: record.required("name_en"),
            localityCode: record.code("locality_code"),
            bankBIN: record.required("bank_bin"),
            accountNumber: record.required("account_number"),
            accountName: record.required("account_name")
        )
        if bankBIN.utf8.count != 6 || !bankBIN.utf8.allSatisfy({ (48...57).contains($0) }) {
            record.fault(
                "bank_bin",
                Phrase(vi: "phải gồm 6 chữ số, như 970436", en: "must be 6 digits, such as 970436")
            )
        }
        let isAccount = accountNumber.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        }
        if !isAccount || accountNumber.utf8.count > 19 {
            record.fault(
                "account_number",
                Phrase(
                    vi: "phải gồm 1 đến 19 chữ số hoặc chữ cái, không có dấu cách: mã VietQR chỉ chứa được chừng đó",
                    en: "must be 1 to 19 digits or letters, without spaces: a VietQR code carries no more"
                )
            )
        }
    }
}

extension ProcedureRow {
    init?(_ record: inout Record) {
        self.init(
            code: record.required("code"),
            nameVi: record.required("name_vi"),
            nameEn: record.required("name_en"),
            fieldVi: record.required("field_vi")
        )
        if !ProcedureRow.isNational(code) {
            record.fault(
                "code",
                Phrase(
                    vi: "phải là mã quốc gia: một chữ số, dấu chấm và sáu chữ số, như 1.004222",
                    en: "must be the national code, one digit, a dot and six digits, such as 1.004222"
                )
            )
        }
    }

    static func isNational(_ code: String) -> Bool {
        let bytes = Array(code.utf8)
        return bytes.count == 8 && bytes[1] == UInt8(ascii: ".")
            && bytes.enumerated().allSatisfy { $0 == 1 || (48...57).contains($1) }
    }
}

extension FeeRow {
    init?(_ record: inout Record) {
        let feeCode = record.code("fee_code")
        let procedure = record.code("procedure_code")
        let kind = record.one(of: FeeKind.self, "kind")
        let nameVi = record.required("name_vi")
        let nameEn = record.required("name_en")
        let unit = record.optional("unit")
        let locality = record.optionalCode("locality_code")
        let validity = record.validity()
        let legalBasis = record.required("legal_basis")
        let budgetCode = record.optional("budget_code")
        let calculation = FeeRow.calculation(&record)
        // Percent and tiered fees may omit the amount, which has no meaning for them.
        let amount: Money?
        if record.text("amount").isEmpty, let calculation, calculation != .flat {
            amount = .zero
        } else {
            amount = record.money("amount")
        }
        let minimum = record.optionalMoney("minimum")
        let maximum = record.optionalMoney("maximum")
        if let minimum, let maximum, minimum > maximum {
            record.fault(
                "minimum",
                Phrase(vi: "lớn hơn mức tối đa (\(maximum))", en: "is greater than the maximum (\(maximum))")
            )
        }
        let retained = FeeRow.retained(kind, &record)
        let policy: RefundPolicy? =
            record.text("refund_policy").isEmpty ? nil : record.one(of: RefundPolicy.self, "refund_policy")
        guard let kind, let validity, let calculation, let amount else { return nil }
        self.init(
            feeCode: feeCode,
            procedureCode: procedure,
            kind: kind,
            nameVi: nameVi,
            nameEn: nameEn,
            unit: unit,
            amount: amount,
            localityCode: locality,
            validity: validity,
            legalBasis: legalBasis,
            budgetCode: budgetCode,
            calculation: calculation,
            minimum: minimum,
            maximum: maximum,
            retained: retained,
            refundPolicy: policy
        )
        remit(&record)
    }

    private static func retained(_ kind: FeeKind?, _ record: inout Record) -> Int64? {
        guard !record.text("retained_percent").isEmpty else { return nil }
        let retained = record.decimal("retained_percent", places: 2, maximum: 10_000)
        if kind == .charge, let share = retained, share != 0 {
            record.fault(
                "retained_percent",
                Phrase(
                    vi: "phải để trống với lệ phí, vì lệ phí nộp toàn bộ vào ngân sách",
                    en: "must be empty for a charge, which goes to the budget whole"
                )
            )
        }
        return retained
    }

    /// Reads how it is remitted to the Treasury, which a file need not say.
    private mutating func remit(_ record: inout Record) {
        chapter = record.optional("chapter")
        if !chapter.isEmpty, chapter.wholeMatch(of: /[0-9]{3}/) == nil {
            record.fault("chapter", Phrase(vi: "phải gồm 3 chữ số, như 860", en: "must be 3 digits, such as 860"))
        }
        if !record.text("remittance").isEmpty {
            remittance = record.one(of: RemittanceCalendar.self, "remittance")
        }
        if !record.text("treasury_account").isEmpty {
            treasuryAccount = record.one(of: TreasuryAccount.self, "treasury_account")
        }
        if kind == .charge, treasuryAccount == .waiting {
            record.fault(
                "treasury_account",
                Phrase(
                    vi: "phải là 7111 hoặc để trống với lệ phí, vì lệ phí là khoản thu ngân sách",
                    en: "must be 7111 or empty for a charge, which is revenue of the budget"
                )
            )
        }
    }

    private static func calculation(_ record: inout Record) -> Calculation? {
        switch record.text("calculation") {
        case "", "flat":
            for column in ["tiers", "percent"] where !record.text(column).isEmpty {
                record.fault(
                    column,
                    Phrase(
                        vi: "được nêu cho mức thu cố định: hãy đặt calculation, hoặc để trống",
                        en: "is given for a flat fee: set calculation, or leave it empty"
                    )
                )
            }
            return .flat
        case "tiered": return tiers(&record).map(Calculation.tiered)
        case "percent":
            guard let percent = record.decimal("percent", places: 6, maximum: 100_000_000) else { return nil }
            if percent == 0 {
                record.fault(
                    "percent",
                    Phrase(
                        vi: "bằng 0: mức thu theo tỷ lệ phải lớn hơn 0",
                        en: "is 0: a percent fee takes more than that"
                    )
                )
            }
            return .percent(percent)
        default:
            record.fault(
                "calculation",
                Phrase(
                    vi: "phải là một trong các giá trị: flat, tiered, percent",
                    en: "must be one of flat, tiered, percent"
                )
            )
            return nil
        }
    }

    private static func tiers(_ record: inout Record) -> [Tier]? {
        var tiers: [Tier] = []
        let reason = Phrase(
            vi: "phải viết dạng 1-2:2000;3-:1000: bắt đầu từ 1, liền nhau, mỗi bậc có đơn giá bằng đồng",
            en: "must be like 1-2:2000;3-:1000: from 1 on, without gaps, each with a price in đồng"
        )
        for part in record.text("tiers").split(separator: ";", omittingEmptySubsequences: false) {
            let halves = part.split(separator: ":", omittingEmptySubsequences: false)
            let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false)
            guard halves.count == 2, bounds.count == 2, let first = Money.parse(bounds[0])?.dong,
                let price = Money.parse(halves[1])
            else {
                record.fault("tiers", reason)
                return nil
            }
            let last = bounds[1].isEmpty ? nil : Money.parse(bounds[1])?.dong
            let expected = tiers.isEmpty ? 1 : (tiers.last?.last ?? -2) + 1
            guard first == expected, bounds[1].isEmpty || (last.map { $0 >= first } ?? false) else {
                record.fault("tiers", reason)
                return nil
            }
            tiers.append(Tier(first: first, last: last, price: price))
        }
        return tiers
    }
}

extension ReductionRow {
    init?(_ record: inout Record) {
        let code = record.code("reduction_code")
        let category = record.optionalCode("payer_category")
        let scope = record.scope()
        let percent = record.integer("percent", 1...100)
        let validity = record.validity()
        let legalBasis = record.required("legal_basis")
        guard let percent, let validity else { return nil }
        self.init(
            reductionCode: code,
            payerCategory: category,
            scope: scope,
            percent: percent,
            validity: validity,
            legalBasis: legalBasis
        )
    }
}

extension DiscountRow {
    init?(_ record: inout Record) {
        let code = record.code("discount_code")
        var channels: [Channel] = []
        let names = record.text("channels").isEmpty ? "online" : record.text("channels")
        for name in names.split(separator: ";", omittingEmptySubsequences: false) {
            if let channel = Channel(rawValue: String(name).filter { $0 != " " }) {
                channels.append(channel)
            } else {
                let known = Channel.allCases.map(\.rawValue).joined(separator: ", ")
                record.fault(
                    "channels",
                    Phrase(
                        vi: "nêu kênh “\(name)”: các kênh là \(known), cách nhau bằng dấu chấm phẩy",
                        en: "names the channel “\(name)”: the channels are \(known), separated by semicolons"
                    )
                )
            }
        }
        let scope = record.scope()
        let method = record.one(of: Method.self, "method")
        let range: ClosedRange<Int64> =
            switch method {
            case .percent: 1...100
            case .amountOff: 1...Money.maximum.dong
            case .fixedAmount, nil: 0...Money.maximum.dong
            }
        let value = record.integer("value", range)
        let flag = record.text("cumulative")
        if !["", "true", "false"].contains(flag) {
            record.fault("cumulative", Phrase(vi: "phải là true hoặc false", en: "must be true or false"))
        }
        let validity = record.validity()
        let legalBasis = record.required("legal_basis")
        guard let method, let value, let validity else { return nil }
        self.init(
            discountCode: code,
            channels: channels,
            scope: scope,
            method: method,
            value: value,
            cumulative: flag == "true",
            validity: validity,
            legalBasis: legalBasis
        )
    }
}

extension TargetRow {
    init?(_ record: inout Record) {
        let code = record.code("locality_code")
        let year = record.integer("year", 1990...2200)
        let indicator = record.one(of: Indicator.self, "indicator")
        let target = record.decimal("target_percent", places: 2, maximum: 10_000)
        guard let year, let indicator, let target else { return nil }
        self.init(localityCode: code, year: Int(year), indicator: indicator, target: target)
    }
}
