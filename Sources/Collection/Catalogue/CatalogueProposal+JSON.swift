import FeeSchedule
public import Values

extension CatalogueProposal {
    /// What it is and what became of it, as the API tells it.
    public var json: JSON {
        [
            "id": .integer(id), "state": .string(state), "based_on": .integer(Int64(basedOn)), "summary": summary,
            "note": .optional(note), "proposed_by": ["id": .string(proposedBy), "name": .string(proposedByName)],
            "proposed_at": .text(proposedAt),
            "decision": decision.map { decision in
                [
                    "by": .string(decision.by), "at": .text(decision.at),
                    "version": decision.version.map { .integer(Int64($0)) } ?? .null, "note": .optional(decision.note),
                ]
            } ?? .null,
        ]
    }

    /// `open`, `accepted` or `rejected`.
    private var state: String {
        guard let decision else { return "open" }
        return decision.version == nil ? "rejected" : "accepted"
    }
}

extension CatalogueProposal.Looked {
    /// The most changed rows that an answer holds.
    public static let mostChanges = 1000

    /// The proposal with what it would change.
    public func json(in language: Language) -> JSON {
        let changes = difference.entries.prefix(Self.mostChanges).map { entry -> JSON in
            func row(_ fields: [String]?) -> JSON {
                guard let fields else { return .null }
                return .object(zip(entry.file.columns, fields).map { .init($0, .string($1)) })
            }
            return [
                "file": .string(entry.file.rawValue), "change": .string(entry.change.rawValue),
                "before": row(entry.before), "after": row(entry.after),
            ]
        }
        return .object(
            (proposal.json.members ?? []) + [
                .init("sentence", .string(words.sentence(in: language))), .init("is_outdated", .bool(isOutdated)),
                .init("change_count", .integer(Int64(difference.entries.count))), .init("changes", .array(changes)),
                .init("rehearsal", rehearsal?.json ?? .null),
            ]
        )
    }
}

extension CatalogueRehearsal {
    fileprivate var json: JSON {
        [
            "from": .text(month.first), "to": .text(month.last), "assessed_on": .text(day), "before": .money(before),
            "after": .money(after),
            "agencies": .array(
                rows.map { row in
                    [
                        "agency_code": .string(row.agency), "payments": .integer(row.payments),
                        "before": .money(row.before), "after": .money(row.after), "unpriced": .integer(row.unpriced),
                    ]
                }
            ),
        ]
    }
}
