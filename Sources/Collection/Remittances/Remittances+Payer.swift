import Postgres
import Values
import Workflow

extension Remittances {
    /// Says from now on what orders say about an agency, which then remits here. Orders that exist stay as they are, and
    /// the first day whose collections are remitted here never changes.
    public func set(_ payer: TreasuryPayer, by person: Person) async throws {
        try payer.check()
        let agency = payer.agencyCode
        try await database.transaction { tx in
            try Locks.remittance(of: agency, tx)
            let known = try tx.query("select 1 from agency where code = \(agency) limit 1")
            guard !known.isEmpty else {
                throw ServiceError(
                    .notFound,
                    Phrase(
                        vi: "Danh mục không có cơ quan nào mang mã \(agency).",
                        en: "The catalogue has no agency \(agency)."
                    )
                )
            }
            let before = try tx.query("select since from treasury_payer where agency_code = \(agency) limit 1").first
            if let since = try before?.get(0, as: Day.self), since != payer.since {
                throw ServiceError(.conflict, .remitsSince(agency, since))
            }
            try tx.query(
                """
                insert into treasury_payer (agency_code, name, address, tax_code, chapter, treasury_code, treasury_name,
                    office_code, office_name, area_code, since, set_at, set_by, set_by_name)
                values (\(agency), \(payer.name), \(payer.address), \(payer.taxCode), \(payer.chapter),
                    \(payer.treasuryCode), \(payer.treasuryName), \(payer.officeCode), \(payer.officeName),
                    \(payer.areaCode), \(payer.since)::date, now(), \(person.id), \(person.name))
                """
            )
            try Audit.record(tx, person, "treasury_payer.set", "agency:\(agency)", payer.json)
        }
    }

    /// What orders say about an agency; `nil` if it does not remit here.
    public func payer(of agency: String) async throws -> TreasuryPayer? {
        try await database.query(
            Query(
                trustedSQL: """
                    select \(TreasuryPayer.columns) from treasury_payer p where p.agency_code = $1
                    order by p.id desc limit 1
                    """,
                binding: [agency]
            )
        ).first.map { try TreasuryPayer($0, from: 0) }
    }
}
