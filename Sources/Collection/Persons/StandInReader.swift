import Casework
import Postgres
import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads whom a person stands in for.
enum StandInReader {
    /// By roles that are delegated now, whatever the role.
    static func of(_ person: Person, _ tx: borrowing Transaction) throws -> StandIns {
        guard let id = person.personID else { return .none }
        let rows = try tx.query(
            """
            select distinct p.id, p.name from person_role r join person p on p.id = r.delegated_by
            where r.person_id = \(id)::uuid and r.ended_at is null and r.until > now()
            """
        )
        var principals: [String: String] = [:]
        for row in rows {
            let (id, name) = try row.decode(UUID.self, String.self)
            principals[Person(id, name: name).id] = name
        }
        return StandIns(principals)
    }
}
