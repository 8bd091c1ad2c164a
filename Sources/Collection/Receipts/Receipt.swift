import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A receipt with all that it says. What is not in its row follows from the request, its lines, and the collector's data of
/// the time of issue.
public struct Receipt: Sendable {
    /// What the tax authority's table names (form 01/TH-BLĐT), or that an error was told.
    public enum Status: String, Sendable {
        case issued
        /// Another receipt stands in its place.
        case replaced
        /// Issued, with a notice of an error in name, address or words (form 04/SS-CTĐT).
        case corrected

        public var words: Phrase {
            switch self {
            case .issued: Phrase(vi: "có hiệu lực", en: "valid")
            case .replaced: Phrase(vi: "đã được thay thế", en: "replaced")
            case .corrected: Phrase(vi: "có hiệu lực, đã thông báo sai sót", en: "valid, with a notice of an error")
            }
        }
    }

    public struct Item: Sendable, Hashable {
        public let name: String
        public let unit: String
        public let quantity: Int64
        public let amount: Money
        public let legalBasis: String
    }

    /// An error that needs no new receipt.
    public struct Notice: Sendable {
        public let error: ReceiptError
        public let note: String
        public let madeAt: Instant
    }

    public let id: Int64
    public let number: ReceiptNumber
    public let amount: Money
    public let issuedAt: Instant
    public let agencyCode: String
    public let collector: String
    public let address: String?
    public let taxCode: String?
    public let phone: String?
    public let requestID: UUID
    public let reference: String
    public let dossierCode: String
    public let procedureCode: String
    public let procedureName: String
    public let channel: String
    /// Personal; `nil` if it was not told or was erased.
    public let payerName: String?
    public let items: [Item]
    public let replaces: ReceiptNumber?
    /// Why it replaces another.
    public let reason: String?
    public let replacedBy: ReceiptNumber?
    public let notices: [Notice]

    public var status: Status {
        if replacedBy != nil { return .replaced }
        return notices.isEmpty ? .issued : .corrected
    }

    /// The name of the document.
    public var title: Phrase {
        switch number.kind {
        case .fee: Phrase(vi: "BIÊN LAI THU PHÍ", en: "FEE RECEIPT")
        case .charge: Phrase(vi: "BIÊN LAI THU LỆ PHÍ", en: "CHARGE RECEIPT")
        }
    }

    /// How it was paid, as receipts have it: cash, or by transfer.
    public var way: Phrase {
        channel == "counter_cash"
            ? Phrase(vi: "Tiền mặt", en: "Cash") : Phrase(vi: "Không dùng tiền mặt", en: "Without cash")
    }
}
