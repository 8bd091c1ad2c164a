import Documents
import Postgres
public import Values
import XMLSignatures

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Receipts: found, shown, corrected. They are numbered where money is settled: see ``ReceiptWriter``.
public struct Receipts: Sendable {
    let database: Database
    private let prover: SealProver
    private let signing: ReceiptSigning?
    public let publicURL: String

    init(_ database: Database, prover: SealProver, publicURL: String, signing: ReceiptSigning?) {
        self.database = database
        self.prover = prover
        self.publicURL = publicURL
        self.signing = signing
    }

    public var isSigned: Bool { signing != nil }

    /// The answer of the API.
    public func json(_ receipt: Receipt) -> JSON { receipt.json(publicURL: publicURL, isSigned: isSigned) }

    /// The receipt of a number. Without the code of its address, several agencies may have one of that number.
    ///
    /// - Parameter agencies: the agencies whose receipts the caller sees; `nil` for all.
    public func find(_ text: String, agency: String? = nil, within agencies: [String]? = nil) async throws -> Receipt {
        guard let number = ReceiptNumber(text) else {
            throw ServiceError(.invalidParameter, at: "number", Receipts.form)
        }
        let found = try await database.query(
            Query(
                trustedSQL: Receipt.select + """
                     where s.kind = $1 and s.serial = $2 and r.number = $3::integer
                        and ($4::bigint is null or r.code = $4::bigint)
                        and ($5::text is null or s.agency_code = $5) and ($6::text[] is null or s.agency_code = any($6))
                    order by s.agency_code limit 20
                    """,
                binding: [number.kind.rawValue, number.serial, number.number, number.code, agency, agencies]
            )
        ).map(Receipt.init)
        guard let receipt = found.first else {
            throw ServiceError(
                .notFound,
                Phrase(vi: "Không có biên lai nào mang số này.", en: "There is no receipt of this number.")
            )
        }
        guard found.count == 1 else {
            let others = found.map(\.agencyCode).joined(separator: ", ")
            throw ServiceError(
                .invalidParameter,
                at: "agency",
                Phrase(
                    vi: "nhiều cơ quan có biên lai mang số này; hãy nêu một trong: \(others)",
                    en: "several agencies have a receipt of this number; name one of: \(others)"
                )
            )
        }
        return receipt
    }

    static let form = Phrase(
        vi: "phải có dạng EBL01-26TAA-123, hoặc kèm mã tra cứu: EBL01-26TAA-123-K7Q2M9A4X3",
        en: "must be as EBL01-26TAA-123, or with its code: EBL01-26TAA-123-K7Q2M9A4X3"
    )

    /// The receipt that an address leads to; only with its code.
    public func find(address: String) async throws -> Receipt {
        guard let number = ReceiptNumber(address), number.code != nil else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Địa chỉ này không đúng: hãy quét lại mã QR trên biên lai.",
                    en: "This address is not right: scan the QR code on the receipt again."
                )
            )
        }
        return try await find(number.address)
    }

    /// The receipts of a request, oldest first.
    public func list(of request: UUID) async throws -> [Receipt] {
        try await database.query(
            Query(
                trustedSQL: Receipt.select + " where r.payment_request_id = $1::uuid order by r.id limit 100",
                binding: [request]
            )
        ).map(Receipt.init)
    }

    /// The receipt as PDF. Takes some milliseconds of a processor.
    public func pdf(_ receipt: Receipt) throws -> [UInt8] {
        try receipt.document(publicURL: publicURL, signer: signing?.name).pdf()
    }

    /// The receipt as PDF once more, marked as a copy: the paper that was given out at first is the payer's.
    public func reprint(_ receipt: Receipt, by person: Person) async throws -> [UInt8] {
        let detail: JSON = ["agency_code": .string(receipt.agencyCode)]
        try await database.transaction { tx in
            try Audit.record(tx, person, "receipt.reprint", "receipt:\(receipt.number.text)", detail)
        }
        return try receipt.document(publicURL: publicURL, signer: signing?.name, copiedAt: .now()).pdf()
    }

    /// The notice of its errors, form 04/SS-CTĐT, as PDF; throws `notFound` if there are none.
    public func noticePDF(_ receipt: Receipt) throws -> [UInt8] {
        guard let document = receipt.noticeDocument() else {
            throw ServiceError(
                .notFound,
                Phrase(
                    vi: "Biên lai này không có thông báo sai sót nào.",
                    en: "There is no notice of an error in this receipt."
                )
            )
        }
        return try document.pdf()
    }

    /// The receipt as XML, signed where the installation has a key, with its proof once it is sealed.
    public func xml(_ receipt: Receipt) async throws -> [UInt8] {
        if let kept = try await kept(receipt) { return kept }
        let proved = try await proof(receipt)
        guard let signing else { return Array(receipt.xml("", proved: proved).utf8) }
        let signed = try signing.signer.sign(receipt.xml(XMLSigner.template(id: nil), proved: proved))
        // Without its proof it is not the last word yet.
        guard proved != nil else { return signed }
        return try await keep(signed, of: receipt)
    }

    private func kept(_ receipt: Receipt) async throws -> [UInt8]? {
        try await database.query("select xml from receipt_document where receipt_id = \(receipt.id)::bigint").first
            .map { try $0.get(0, as: Bytes.self).bytes }
    }

    /// Keeps the signed document, which is never made again; of two that are made at once, the first.
    private func keep(_ xml: [UInt8], of receipt: Receipt) async throws -> [UInt8] {
        // What names a payer is kept while the payer's data are: locked, so that they are not erased meanwhile.
        try await database.transaction { tx in
            let isWhole = try tx.query(
                "select payer_name is not distinct from \(receipt.payerName)::text from payment_request where id = \(receipt.requestID)::uuid for share"
            ).row().get(0, as: Bool.self)
            guard isWhole else { return xml }
            try tx.query(
                """
                insert into receipt_document (receipt_id, xml, made_at) values (\(receipt.id)::bigint, \(Bytes(xml)), now())
                on conflict do nothing
                """
            )
            return try tx.query("select xml from receipt_document where receipt_id = \(receipt.id)::bigint").row()
                .get(0, as: Bytes.self).bytes
        }
    }

    /// Signs and keeps receipts that nobody has asked for yet: those that are sealed, in the order of their ids.
    ///
    /// - Returns: how many were kept; 0 without a key.
    public func keepSigned(limit: Int = 100) async throws -> Int {
        guard signing != nil else { return 0 }
        let waiting = try await database.query(
            Query(
                trustedSQL: Receipt.select + """
                     where r.id > coalesce((select max(receipt_id) from receipt_document), 0) order by r.id limit $1::integer
                    """,
                binding: [limit]
            )
        ).map(Receipt.init)
        var count = 0
        for receipt in waiting {
            _ = try await xml(receipt)
            guard try await kept(receipt) != nil else { break }
            count += 1
        }
        return count
    }

    /// The proof that the receipt stands in the sealed history; `nil` until it is sealed, some seconds after the payment.
    public func proof(_ receipt: Receipt) async throws -> SealProver.Proved? {
        do { return try await prover.prove("receipt", id: receipt.id) } catch let error as ServiceError
            where error.code == .notFound
        { return nil }
    }
}
