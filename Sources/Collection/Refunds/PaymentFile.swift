public import Casework
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A file of executed refunds for the bank to pay. No refund is in two files.
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
        /// The text for the beneficiary, which says what the payment is for.
        public let remittance: String
    }

    /// Unique; the bank refuses a message it has seen.
    public let messageID: String
    public let createdAt: Instant
    public let accountNumber: String
    public let bankBIN: String
    public let accountName: String
    public let items: [Item]
    /// Executed refunds of the account that are in no file, and why this one leaves them out.
    public internal(set) var leftOut: [LeftOut] = []

    /// An executed refund that is not in the file.
    public struct LeftOut: Sendable {
        public let refundID: UUID
        public let amount: Money
        public let reason: Reason

        func json(in language: Language) -> JSON {
            .object(
                [.init("id", .string(refundID.text)), .init("amount", .money(amount))] + reason.members(in: language)
            )
        }
    }

    public var total: Money { items.map(\.amount).total() }

    /// The content of the file, for people and programs; the text for the bank is ``text(_:)``.
    public func json(in language: Language) -> JSON {
        [
            "message_id": .string(messageID), "account_number": .string(accountNumber), "created_at": .text(createdAt),
            "payments": .integer(items.count), "total": .money(total),
            "items": .array(
                items.map { item in
                    [
                        "end_to_end_id": .string(item.endToEndID), "amount": .money(item.amount),
                        "beneficiary": item.beneficiary.json, "remittance": .string(item.remittance),
                    ]
                }
            ),
            "left_out": .array(leftOut.map { $0.json(in: language) }),
        ]
    }

    /// The file's text in a format.
    public func text(_ format: Format) -> String {
        switch format {
        case .pain001: pain001
        case .csv: csv
        }
    }

    public func name(_ format: Format) -> String { messageID + (format == .csv ? ".csv" : ".xml") }

    /// A bank reads it, so every text is exact; none can begin like a formula: accounts and numbers have letters and digits
    /// alone, a name begins with one, and the remittance is ours.
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

    /// pain.001.001.03: one payment block, one transfer for each refund. The đồng has no minor unit, so amounts are
    /// whole.
    private var pain001: String {
        let sum = "<NbOfTxs>\(items.count)</NbOfTxs><CtrlSum>\(total)</CtrlSum>"
        let bank = { (bin: String) in
            "<FinInstnId><ClrSysMmbId><MmbId>\(bin)</MmbId></ClrSysMmbId></FinInstnId>"
        }
        let account = { (number: String) in "<Id><Othr><Id>\(number.escapedForXML)</Id></Othr></Id>" }
        let transfers = items.map { item in
            """
              <CdtTrfTxInf>
                <PmtId><InstrId>\(item.endToEndID)</InstrId><EndToEndId>\(item.endToEndID)</EndToEndId></PmtId>
                <Amt><InstdAmt Ccy="VND">\(item.amount)</InstdAmt></Amt>
                <CdtrAgt>\(bank(item.beneficiary.bankBIN))</CdtrAgt>
                <Cdtr><Nm>\(item.beneficiary.name.escapedForXML)</Nm></Cdtr>
                <CdtrAcct>\(account(item.beneficiary.account))</CdtrAcct>
                <RmtInf><Ustrd>\(item.remittance.escapedForXML)</Ustrd></RmtInf>
              </CdtTrfTxInf>
            """
        }.joined(separator: "\n")
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03">
            <CstmrCdtTrfInitn>
            <GrpHdr><MsgId>\(messageID)</MsgId><CreDtTm>\(createdAt)</CreDtTm>\(sum)<InitgPty><Nm>\(accountName.escapedForXML)</Nm></InitgPty></GrpHdr>
            <PmtInf><PmtInfId>\(messageID)</PmtInfId><PmtMtd>TRF</PmtMtd>\(sum)<ReqdExctnDt>\(createdAt.day)</ReqdExctnDt>
            <Dbtr><Nm>\(accountName.escapedForXML)</Nm></Dbtr><DbtrAcct>\(account(accountNumber))</DbtrAcct><DbtrAgt>\(bank(bankBIN))</DbtrAgt>
            \(transfers)
            </PmtInf>
            </CstmrCdtTrfInitn>
            </Document>

            """
    }
}
