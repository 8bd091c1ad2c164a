import Postgres
import Values

extension Receipts {
    /// Tells of an error that needs no new receipt: form 04/SS-CTĐT.
    public func notice(
        _ text: String,
        agency: String? = nil,
        error: ReceiptError,
        note: String,
        by person: Person,
        within agencies: [String]? = nil
    ) async throws -> Receipt {
        let receipt = try await standing(text, agency, note, agencies)
        try await database.transaction { tx in
            try tx.query(
                """
                insert into receipt_notice (receipt_id, error, note, made_by, made_by_name, made_at)
                values (\(receipt.id)::bigint, \(error.rawValue), \(note), \(person.id), \(person.name), now())
                """
            )
            try Audit.record(
                tx,
                person,
                "receipt.notice",
                "receipt:\(receipt.number.text)",
                ["agency_code": .string(receipt.agencyCode), "error": .string(error.rawValue), "note": .string(note)]
            )
        }
        return try await find(receipt.number.address)
    }

    /// Puts another receipt in the place of one that is wrong, of the same amount and with what is right now: the
    /// collector's data, above all.
    ///
    /// - Returns: the new one.
    public func replace(
        _ text: String,
        agency: String? = nil,
        reason: String,
        by person: Person,
        within agencies: [String]? = nil
    ) async throws -> Receipt {
        let receipt = try await standing(text, agency, reason, agencies)
        let made = try await database.transaction { tx in
            // Of two who replace it at once, the second is refused by the unique key.
            let row = try tx.query(
                """
                with taken as (
                    select take_receipts(array[\(receipt.agencyCode)], array[\(receipt.number.kind.rawValue)],
                        array[\(receipt.requestID)::uuid], array[\(receipt.amount)::bigint],
                        array[\(receipt.id)::bigint], \(reason), \(Instant.now())::timestamptz))
                select count(*) from taken
                """
            )
            _ = row
            let found = try tx.query(
                Query(trustedSQL: Receipt.select + " where r.replaces = $1::bigint", binding: [receipt.id])
            )
            let made = try Receipt(try found.row())
            try Audit.record(
                tx,
                person,
                "receipt.replace",
                "receipt:\(receipt.number.text)",
                [
                    "agency_code": .string(receipt.agencyCode), "by": .string(made.number.text),
                    "reason": .string(reason),
                ]
            )
            return made
        }
        return made
    }

    /// The receipt, if it can be corrected: none stands in its place.
    private func standing(_ text: String, _ agency: String?, _ why: String, _ agencies: [String]?) async throws
        -> Receipt
    {
        guard (1...500).contains(why.trimming().count) else {
            throw ServiceError(
                .invalidParameter,
                at: "note",
                Phrase(vi: "phải có 1 đến 500 ký tự", en: "must have 1 to 500 characters")
            )
        }
        let receipt = try await find(text, agency: agency, within: agencies)
        if let other = receipt.replacedBy {
            throw ServiceError(
                .conflict,
                Phrase(
                    vi: "Biên lai này đã được thay thế bằng \(other.text); hãy sửa biên lai đó.",
                    en: "This receipt was replaced by \(other.text); correct that one."
                )
            )
        }
        return receipt
    }
}
