import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Executed refunds as the bank is told to pay them. No refund stands in two files.
public struct PaymentFile: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        /// ISO 20022 customer credit transfer initiation.
        case pain001
        case csv
    }

    /// One payment.
    public struct Item: Sendable {
        public let endToEndID: String
        public let amount: Money
        public let beneficiary: Beneficiary
        /// What the beneficiary reads: what it is for.
        public let remittance: String
    }

    /// Unique; the bank refuses a message it has seen.
    public let messageID: String
    public let createdAt: Instant
    public let accountNumber: String
    public let bankBIN: String
    public let accountName: String
    public let items: [Item]

    public var total: Money { items.map(\.amount).total() }

    /// The file's text in a format.
    public func text(_ format: Format) -> String {
        switch format {
        case .pain001: pain001
        case .csv: csv
        }
    }

    public func name(_ format: Format) -> String { messageID + (format == .csv ? ".csv" : ".xml") }

    private var csv: String {
        let header = [
            "end_to_end_id", "beneficiary_bank_bin", "beneficiary_account", "beneficiary_name", "amount", "currency",
            "remittance",
        ]
        let records = items.map { item in
            [
                item.endToEndID, item.beneficiary.bankBIN, item.beneficiary.account, item.beneficiary.name,
                item.amount.description, "VND", item.remittance,
            ]
        }
        return ([header] + records).map { CSV.line($0) + "\r\n" }.joined()
    }

    /// pain.001.001.03: one payment block, one transfer a refund. The đồng has no minor unit, so amounts are whole.
    private var pain001: String {
        let sum = "<NbOfTxs>\(items.count)</NbOfTxs><CtrlSum>\(total)</CtrlSum>"
        let bank = { (bin: String) in
            "<FinInstnId><ClrSysMmbId><MmbId>\(bin)</MmbId></ClrSysMmbId></FinInstnId>"
        }
        let account = { (number: String) in "<Id><Othr><Id>\(PaymentFile.xml(number))</Id></Othr></Id>" }
        let transfers = items.map { item in
            """
              <CdtTrfTxInf>
                <PmtId><InstrId>\(item.endToEndID)</InstrId><EndToEndId>\(item.endToEndID)</EndToEndId></PmtId>
                <Amt><InstdAmt Ccy="VND">\(item.amount)</InstdAmt></Amt>
                <CdtrAgt>\(bank(item.beneficiary.bankBIN))</CdtrAgt>
                <Cdtr><Nm>\(PaymentFile.xml(item.beneficiary.name))</Nm></Cdtr>
                <CdtrAcct>\(account(item.beneficiary.account))</CdtrAcct>
                <RmtInf><Ustrd>\(PaymentFile.xml(item.remittance))</Ustrd></RmtInf>
              </CdtTrfTxInf>
            """
        }.joined(separator: "\n")
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
            <CstmrCdtTrfInitn>
            <GrpHdr><MsgId>\(messageID)</MsgId><CreDtTm>\(createdAt)</CreDtTm>\(sum)<InitgPty><Nm>\(PaymentFile.xml(accountName))</Nm></InitgPty></GrpHdr>
            <PmtInf><PmtInfId>\(messageID)</PmtInfId><PmtMtd>TRF</PmtMtd>\(sum)<ReqdExctnDt>\(createdAt.day)</ReqdExctnDt>
            <Dbtr><Nm>\(PaymentFile.xml(accountName))</Nm></Dbtr><DbtrAcct>\(account(accountNumber))</DbtrAcct><DbtrAgt>\(bank(bankBIN))</DbtrAgt>
            \(transfers)
            </PmtInf>
            </CstmrCdtTrfInitn>
            </Document>

            """
    }

    /// Text as XML carries it: marks escaped, characters that XML 1.0 has no way to write left out.
    static func xml(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&apos;"
            case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"...:
                out.unicodeScalars.append(scalar)
            default: break
            }
        }
        return out
    }
}

extension Refunds {
    /// Payments in one file at most; the next file takes the rest.
    private static let maximumPayments = 10_000

    /// The executed refunds of an account that stand in no file yet, in a new file; where there are none, the latest file
    /// again. A file asked for by its message id is given again as it was.
    public func paymentFile(account: String, messageID: String? = nil, by person: Person) async throws -> PaymentFile {
        try await Accounts.require(account, in: database)
        return try await database.transaction { tx in
            try Locks.paymentFile(of: account, tx)
            let id: Int64
            if let messageID {
                id = try Refunds.file(account, named: messageID, tx)
            } else if let new = try Refunds.newFile(account, person, tx) {
                id = new
            } else {
                id = try Refunds.file(account, named: nil, tx)
            }
            return try Refunds.read(id, tx)
        }
    }

    private static func newFile(_ account: String, _ person: Person, _ tx: borrowing Transaction) throws -> Int64? {
        let rows = try tx.query(
            """
            select id from refund
            where account_number = \(account) and state = 'executed' and file_id is null and beneficiary_account is not null
            order by id limit \(maximumPayments)::integer for update
            """
        )
        guard !rows.isEmpty else { return nil }
        let ids = try rows.map { try $0.get(0, as: UUID.self) }
        let now = Instant.now()
        let day = now.day.description.replacing("-", with: "")
        let file = try tx.query(
            """
            insert into refund_file (account_number, message_id, created_at, created_by)
            values (\(account), 'KHOP' || \(day)::text || upper(substr(md5(random()::text), 1, 10)), \(now)::timestamptz,
                \(person.name))
            returning id
            """
        ).row().get(0, as: Int64.self)
        try tx.query("update refund set file_id = \(file)::bigint where id = any(\(ids)::uuid[])")
        try Audit.record(tx, person, "refund.file", "account:\(account)", ["refunds": .integer(ids.count)])
        return file
    }

    private static func file(_ account: String, named name: String?, _ tx: borrowing Transaction) throws -> Int64 {
        let rows = try tx.query(
            """
            select id from refund_file
            where account_number = \(account) and (\(name)::text is null or message_id = \(name)::text)
            order by id desc limit 1
            """
        )
        guard let row = rows.first else {
            throw ServiceError(
                .notFound,
                name == nil
                    ? Phrase(
                        vi:
                            "Tài khoản này không có khoản hoàn nào chờ lập tệp chi trả: hãy thực hiện một khoản có người thụ hưởng trước.",
                        en:
                            "No refund of this account waits for a payment file: execute one that names its beneficiary first."
                    )
                    : Phrase(
                        vi: "Tài khoản này không có tệp chi trả mang message id đó.",
                        en: "This account has no payment file with that message id."
                    )
            )
        }
        return try row.get(0)
    }

    private static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> PaymentFile {
        let head = try tx.query(
            """
            select d.message_id, d.created_at, a.account_number, a.bank_bin, a.name
            from refund_file d join bank_account a using (account_number) where d.id = \(id)::bigint
            """
        ).row()
        let rows = try tx.query(
            """
            select f.end_to_end_id, f.amount, f.beneficiary_bin, f.beneficiary_account, f.beneficiary_name,
                coalesce(r.reference, '')
            from refund f left join payment_request r on r.id = f.payment_request_id
            where f.file_id = \(id)::bigint order by f.id
            """
        )
        let items = try rows.map { row in
            let (endToEnd, amount, bin, account, name, reference) = try row.decode(
                String.self,
                Money.self,
                String.self,
                String.self,
                String.self,
                String.self
            )
            return PaymentFile.Item(
                endToEndID: endToEnd,
                amount: amount,
                beneficiary: Beneficiary(bankBIN: bin, account: account, name: name),
                // The id comes first: banks cut memos at their end.
                remittance: "\(endToEnd) HOAN PHI \(reference)".trimming()
            )
        }
        let (messageID, createdAt, account, bin, name) = try head.decode(
            String.self,
            Instant.self,
            String.self,
            String.self,
            String.self
        )
        return PaymentFile(
            messageID: messageID,
            createdAt: createdAt,
            accountNumber: account,
            bankBIN: bin,
            accountName: name,
            items: items
        )
    }
}
