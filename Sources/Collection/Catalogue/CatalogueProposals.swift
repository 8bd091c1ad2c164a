public import FeeSchedule
import Identity
public import Postgres
public import Values

/// The catalogue put in force by two persons: one brings the files, another looks at what they change and decides.
public struct CatalogueProposals: Sendable {
    /// The most that one file may have, in bytes.
    public static let maximumFile = 8 << 20

    private let database: Database

    public init(_ database: Database) { self.database = database }

    /// Keeps files for another person to decide about.
    ///
    /// - Throws: `catalogue-faulty` with every fault in them; `conflict` if they change nothing.
    public func propose(
        _ files: [(file: CatalogueFile, bytes: [UInt8])],
        note: String?,
        by person: Person
    ) async throws -> CatalogueProposal {
        try await database.transaction { tx in
            try Locks.catalogue(tx)
            let current = try CatalogueStore.rows(tx)
            let rows = try CatalogueStore.merged(files, onto: current)
            let difference = CatalogueDifference(from: current, to: rows, files: Set(files.map(\.file)))
            guard !difference.entries.isEmpty else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Các tệp này giống danh mục đang có hiệu lực: không có gì để đề xuất.",
                        en: "These files are what is in force already: there is nothing to propose."
                    )
                )
            }
            let texts = JSON.object(
                files.map { JSON.Member($0.file.rawValue, .string(String(decoding: $0.bytes, as: UTF8.self))) }
            )
            let summary = CatalogueStore.summary(difference)
            let id = try tx.query(
                """
                insert into catalogue_proposal (files, based_on, summary, note, proposed_by, proposed_by_name)
                values (\(texts)::jsonb, \(try CatalogueStore.version(tx))::integer, \(summary)::jsonb, \(note),
                    \(person.id), \(person.name))
                returning id
                """
            ).row().get(0, as: Int64.self)
            try Audit.record(tx, person, "catalogue.propose", "catalogue_proposal:\(id)", summary)
            return try CatalogueProposals.read(id, tx)
        }
    }

    private static let select = """
        select p.id, p.based_on, p.summary, p.note, p.proposed_by, p.proposed_by_name, p.proposed_at,
            d.decided_by_name, d.decided_at, d.version, d.note
        from catalogue_proposal p left join catalogue_decision d on d.proposal_id = p.id
        """

    /// Proposals, latest first.
    ///
    /// - Parameters:
    ///   - before: the last one of the page before; `nil` for the first page.
    ///   - limit: 1 to 500.
    public func list(before: Int64? = nil, limit: Int) async throws -> [CatalogueProposal] {
        let sql = """
            \(CatalogueProposals.select) where $1::bigint is null or p.id < $1::bigint
            order by p.id desc limit $2::integer
            """
        return try await database.query(Query(trustedSQL: sql, binding: [before, try Paging.check(limit)]))
            .map(CatalogueProposal.init)
    }

    private static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> CatalogueProposal {
        let sql = "\(select) where p.id = $1::bigint"
        guard let row = try tx.query(Query(trustedSQL: sql, binding: [id])).first else {
            throw ServiceError(.notFound, .none(.catalogueProposal, id))
        }
        return try CatalogueProposal(row)
    }

    /// The files of a proposal as they were brought.
    private static func files(_ id: Int64, _ tx: borrowing Transaction) throws
        -> [(file: CatalogueFile, bytes: [UInt8])]
    {
        let texts = try tx.query("select files from catalogue_proposal where id = \(id)::bigint").row()
            .get(0, as: JSON.self)
        return CatalogueFile.allCases.compactMap { file in
            texts[file.rawValue]?.string.map { (file, Array($0.utf8)) }
        }
    }

    /// A proposal with what it would change now, and what last month's payments would have brought; throws `not-found`.
    ///
    /// What does not fit the catalogue of today any more has no difference; whoever tries to put it in force is told why.
    public func look(_ id: Int64, now: Instant = .now()) async throws -> CatalogueProposal.Looked {
        try await database.read { tx in
            let proposal = try CatalogueProposals.read(id, tx)
            let current = try CatalogueStore.rows(tx)
            let files = try CatalogueProposals.files(id, tx)
            let isOutdated = try CatalogueStore.version(tx) != proposal.basedOn
            let isOpen = proposal.decision == nil
            let rows = isOpen && !isOutdated ? try CatalogueStore.merged(files, onto: current) : current
            let difference = CatalogueDifference(from: current, to: rows, files: Set(files.map(\.file)))
            return CatalogueProposal.Looked(
                proposal: proposal,
                difference: difference,
                words: CatalogueSummary(difference, from: current),
                isOutdated: isOpen && isOutdated,
                rehearsal: isOpen && !isOutdated
                    ? try CatalogueRehearsal.read(from: current, to: rows, difference, today: now.day, tx) : nil
            )
        }
    }

    /// Puts a proposal in force, as another person than the one who brought it.
    ///
    /// - Throws: `forbidden` for the proposer; `conflict` if it was decided, or if another version is in force than the one
    ///   that it was compared with.
    public func adopt(_ id: Int64, note: String?, by person: Person) async throws -> CatalogueProposal {
        try await database.transaction { tx in
            let proposal = try CatalogueProposals.open(id, tx)
            guard proposal.proposedBy != person.id else {
                throw ServiceError(
                    .forbidden,
                    Phrase(
                        vi: "Bạn đã đề xuất danh mục này: người khác phải đưa vào hiệu lực.",
                        en: "You proposed this catalogue: another person puts it in force."
                    )
                )
            }
            guard try CatalogueStore.version(tx) == proposal.basedOn else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Danh mục đã đổi từ khi kiểm tra các tệp này: hãy bác đề xuất và tải lên lại.",
                        en:
                            "The catalogue has changed since these files were checked: turn them down and bring them again."
                    )
                )
            }
            let files = try CatalogueProposals.files(id, tx)
            let outcome = try CatalogueStore.write(files, by: person, .proposal(id), tx)
            try CatalogueProposals.decide(proposal, outcome.version, note, by: person, "catalogue.adopt", tx)
            return try CatalogueProposals.read(id, tx)
        }
    }

    /// Turns a proposal down, or withdraws one's own.
    ///
    /// - Parameter caller: whoever may put catalogues in force, or brought this one; `forbidden` for anybody else.
    public func reject(_ id: Int64, note: String, by caller: Caller) async throws -> CatalogueProposal {
        let person = caller.person
        return try await database.transaction { tx in
            let proposal = try CatalogueProposals.open(id, tx)
            if proposal.proposedBy != person.id { try caller.require(.adoptCatalogue) }
            try CatalogueProposals.decide(proposal, nil, note, by: person, "catalogue.reject", tx)
            return try CatalogueProposals.read(id, tx)
        }
    }

    /// A proposal that waits, with the catalogue locked: two who decide at once come one after the other.
    private static func open(_ id: Int64, _ tx: borrowing Transaction) throws -> CatalogueProposal {
        try Locks.catalogue(tx)
        let proposal = try read(id, tx)
        guard let decision = proposal.decision else { return proposal }
        throw ServiceError(
            .conflict,
            decision.version.map { version in
                Phrase(
                    vi: "\(decision.by) đã đưa đề xuất này vào hiệu lực, phiên bản \(version).",
                    en: "\(decision.by) has put this in force already, as version \(version)."
                )
            }
                ?? Phrase(
                    vi: "\(decision.by) đã bác đề xuất này.",
                    en: "\(decision.by) has turned this down already."
                )
        )
    }

    private static func decide(
        _ proposal: CatalogueProposal,
        _ version: Int32?,
        _ note: String?,
        by person: Person,
        _ action: String,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into catalogue_decision (proposal_id, proposer, decided_by, decided_by_name, version, note)
            select id, proposed_by_person, \(person.id), \(person.name), \(version)::integer, \(note)
            from catalogue_proposal where id = \(proposal.id)::bigint
            """
        )
        let detail: JSON = [
            "version": version.map { .integer(Int64($0)) } ?? .null, "note": .optional(note),
            "proposed_by": .string(proposal.proposedBy),
        ]
        try Audit.record(tx, person, action, "catalogue_proposal:\(proposal.id)", detail)
    }
}

extension CatalogueProposal {
    fileprivate init(_ row: Row) throws {
        id = try row.get(0)
        basedOn = try row.get(1)
        summary = try row.get(2)
        note = try row.get(3)
        proposedBy = try row.get(4)
        proposedByName = try row.get(5)
        proposedAt = try row.get(6)
        decision = try row.get(7, as: String?.self).map { name in
            Decision(by: name, at: try row.get(8), version: try row.get(9), note: try row.get(10))
        }
    }
}
