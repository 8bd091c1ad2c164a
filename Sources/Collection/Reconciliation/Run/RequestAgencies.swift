import Postgres

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The agencies of requests.
enum RequestAgencies {
    /// The agencies of the first requests of baskets.
    static func read(ofBaskets ids: [UUID], _ tx: borrowing Transaction) throws -> [UUID: String] {
        guard !ids.isEmpty else { return [:] }
        var agencies: [UUID: String] = [:]
        let rows = try tx.query(
            """
            select i.basket_id, r.agency_code from basket_item i join payment_request r on r.id = i.payment_request_id
            where i.basket_id = any(\(Array(Set(ids)))::uuid[]) and i.place = 1
            """
        )
        for row in rows { agencies[try row.get(0, as: UUID.self)] = try row.get(1, as: String.self) }
        return agencies
    }

    static func read(_ ids: [UUID], _ tx: borrowing Transaction) throws -> [UUID: String] {
        guard !ids.isEmpty else { return [:] }
        var agencies: [UUID: String] = [:]
        let rows = try tx.query(
            "select id, agency_code from payment_request where id = any(\(Array(Set(ids)))::uuid[])"
        )
        for row in rows { agencies[try row.get(0, as: UUID.self)] = try row.get(1, as: String.self) }
        return agencies
    }
}
