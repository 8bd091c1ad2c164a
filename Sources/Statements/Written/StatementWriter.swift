public import Values

/// Writes a statement in the formats that are read here, for banks that are played: what they write is what ``StatementReader``
/// reads.
public struct StatementWriter: Sendable {
    /// The formats that are written: the default CSV, MT940, camt.053, and every layout of tables that is read, as CSV.
    public struct Format: Sendable, Hashable, RawRepresentable {
        public let rawValue: String

        /// Returns `nil` for what is not written.
        public init?(rawValue: String) {
            guard StatementWriter.known.contains(rawValue) else { return nil }
            self.rawValue = rawValue
        }

        private init(_ name: String) { rawValue = name }

        public static let csv = Format("csv")
        public static let mt940 = Format("mt940")
        public static let camt053 = Format("camt053")

        /// The format of a built-in layout.
        public init(_ layout: StatementMapping) { rawValue = layout.name }

        /// All that are written, layouts last.
        public static let all = [csv, mt940, camt053] + StatementMapping.builtIn.map { Format($0) }

        /// The layout; `nil` for the formats that are none.
        public var layout: StatementMapping? { StatementMapping.builtIn.first { $0.name == rawValue } }

        /// The layouts that an account at a bank may have: the bank's own, and what several share.
        public static func layouts(of bank: String) -> [StatementMapping] {
            StatementMapping.builtIn.filter { $0.bank == nil || $0.bank == bank }
        }
    }

    private static let known = Set(["csv", "mt940", "camt053"] + StatementMapping.builtIn.map(\.name))

    let account: String
    /// What the account held before the first line.
    let opening: Money
    let lines: [StatementLine]
    /// The day of the statement.
    let day: Day

    /// - Parameter lines: of one day, in the order in which they were booked; their balances and numbers are worked out here.
    public init(account: String, day: Day, opening: Money, lines: [StatementLine]) {
        (self.account, self.day, self.opening, self.lines) = (account, day, opening, lines)
    }

    /// What the account holds after the last line.
    public var closing: Money { lines.reduce(opening) { $0 + $1.amount } }

    public func text(_ format: Format) -> String {
        if let layout = format.layout {
            return WrittenTable(layout, account: account, opening: opening, lines: lines).csv
        }
        return format == .mt940 ? mt940 : format == .camt053 ? camt053 : csv
    }

    private var csv: String {
        var balance = opening
        let rows = lines.map { line in
            balance = balance + line.amount
            return CSV.line([
                line.transactionID ?? "", line.bookedAt.description, (line.valueDate ?? day).description,
                String(line.amount.dong), "VND", line.counterpartyName ?? "", line.counterpartyAccount ?? "",
                line.memo ?? "", String(balance.dong),
            ])
        }
        let head =
            "transaction_id,booked_at,value_date,amount,currency,counterparty_name,counterparty_account,memo,balance"
        return ([head] + rows).joined(separator: "\n") + "\n"
    }

    /// One message of SWIFT; its memos are cut into lines of 65 characters.
    private var mt940: String {
        let (short, entry) = (StatementWriter.digits(day, 2), StatementWriter.digits(day, 4))
        var text = [
            "{1:F01VCBKVNVXAXXX0000000000}{2:O9401200\(short)VCBKVNVXAXXX0000000000\(short)1200N}{4:", ":20:ST\(short)",
            ":25:\(account)", ":28C:1/1", ":60F:\(StatementWriter.balance(opening, short))",
        ]
        for line in lines {
            let sign = line.amount < .zero ? "D" : "C"
            let value = StatementWriter.digits(line.valueDate ?? day, 2)
            let amount = line.amount.dong.magnitude
            text.append(":61:\(value)\(entry)\(sign)D\(amount),NTRFNONREF//\(line.transactionID ?? "NONREF")")
            var rest = (line.memo ?? "")[...]
            var head = ":86:"
            repeat {
                text.append(head + rest.prefix(65))
                rest = rest.dropFirst(65)
                head = ""
            } while !rest.isEmpty
        }
        text += [":62F:\(StatementWriter.balance(closing, short))", "-}", ""]
        return text.joined(separator: "\n")
    }

    private static func balance(_ amount: Money, _ day: String) -> String {
        "\(amount < .zero ? "D" : "C")\(day)VND\(amount.dong.magnitude),"
    }

    /// The day's digits without those of the century, or without the year.
    private static func digits(_ day: Day, _ dropped: Int) -> String {
        String(day.description.filter(\.isNumber).dropFirst(dropped))
    }

    private var camt053: String {
        let entries = lines.map { entry($0) }.joined(separator: "\n")
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">
            <BkToCstmrStmt>
            <GrpHdr><MsgId>M\(StatementWriter.digits(day, 0))</MsgId><CreDtTm>\(day)T23:59:59+07:00</CreDtTm></GrpHdr>
            <Stmt><Id>S\(StatementWriter.digits(day, 0))</Id><Acct><Id><Othr><Id>\(account)</Id></Othr></Id><Ccy>VND</Ccy></Acct>
            \(balance("OPBD", opening))
            \(balance("CLBD", closing))
            \(entries)
            </Stmt></BkToCstmrStmt></Document>

            """
    }

    private func balance(_ kind: String, _ amount: Money) -> String {
        "<Bal><Tp><CdOrPrtry><Cd>\(kind)</Cd></CdOrPrtry></Tp>\(StatementWriter.amount(amount))<Dt><Dt>\(day)</Dt></Dt></Bal>"
    }

    private static func amount(_ amount: Money) -> String {
        "<Amt Ccy=\"VND\">\(amount.dong.magnitude)</Amt><CdtDbtInd>\(amount < .zero ? "DBIT" : "CRDT")</CdtDbtInd>"
    }

    private func entry(_ line: StatementLine) -> String {
        var parties = ""
        if let name = line.counterpartyName { parties += "<Dbtr><Nm>\(name.escapedForXML)</Nm></Dbtr>" }
        if let other = line.counterpartyAccount {
            parties += "<DbtrAcct><Id><Othr><Id>\(other.escapedForXML)</Id></Othr></Id></DbtrAcct>"
        }
        let id = (line.transactionID ?? "NOTPROVIDED").escapedForXML
        return
            "<Ntry>\(StatementWriter.amount(line.amount))<Sts>BOOK</Sts><BookgDt><DtTm>\(line.bookedAt)</DtTm></BookgDt>"
            + "<ValDt><Dt>\(line.valueDate ?? day)</Dt></ValDt><AcctSvcrRef>\(id)</AcctSvcrRef><NtryDtls><TxDtls>"
            + "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties>\(parties)</RltdPties>"
            + "<RmtInf><Ustrd>\((line.memo ?? "").escapedForXML)</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    }
}
