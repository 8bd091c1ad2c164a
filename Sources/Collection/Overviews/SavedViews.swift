public import Postgres
public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What persons keep to look at again: each their own, found by its name, shared by its address.
public struct SavedViews: Sendable {
    /// How many a person may keep.
    public static let most = 100
    public static let longestName = 80
    /// In characters.
    public static let longestAddress = 1500

    let database: Database

    public init(_ database: Database) { self.database = database }

    /// A person's views, by their names.
    public func list(of person: UUID) async throws -> [SavedView] {
        try await database.query(
            """
            select id, name, address, created_at from saved_view where person_id = \(person)
            order by lower(name), name limit 200
            """
        ).map { row in
            SavedView(id: try row.get(0), name: try row.get(1), address: try row.get(2), createdAt: try row.get(3))
        }
    }

    /// The page that a view leads to, whoever kept it: what it shows is what whoever opens it may see.
    ///
    /// - Throws: `not-found`.
    public func address(of id: UUID) async throws -> String {
        let rows = try await database.query("select address from saved_view where id = \(id)")
        guard let address: String = try rows.first?.get(0) else { throw ServiceError(.notFound, .none(.savedView)) }
        return address
    }

    /// Whether an address stays below the one that it begins with: browsers walk up for `..`, also where it is encoded.
    private static func staysInside(_ address: String) -> Bool {
        let path = address.prefix { $0 != "?" && $0 != "#" }.lowercased().replacing("%2e", with: ".")
        return !path.contains("..")
    }

    /// Keeps a page under a name.
    ///
    /// - Throws: `invalid-body` for a name or an address that is empty or too long, or that is no page of the console;
    ///   `conflict` if the person has a view of that name, or as many as one may have.
    @discardableResult
    public func save(_ name: String, address: String, by person: Person, owner: UUID, now: Instant = .now())
        async throws
        -> UUID
    {
        let name = try SavedViews.checked(name)
        guard address.hasPrefix("/console/"), address.count <= SavedViews.longestAddress,
            address.utf8.allSatisfy({ (33...126).contains($0) && $0 != 92 }), SavedViews.staysInside(address)
        else {
            throw ServiceError(
                .invalidBody,
                at: "/address",
                Phrase(
                    vi: "phải là địa chỉ của một trang trong bàn làm việc, dài nhất \(SavedViews.longestAddress) ký tự",
                    en: "must be the address of a page of the console, \(SavedViews.longestAddress) characters at most"
                )
            )
        }
        let id = UUID.version7(at: now)
        try await database.transaction { tx in
            // Two tabs of one person, one after the other: their row is locked so that the count holds.
            try tx.query("select 1 from person where id = \(owner) for no key update")
            let kept: Int64 = try tx.query("select count(*) from saved_view where person_id = \(owner)").row().get(0)
            guard kept < SavedViews.most else {
                throw ServiceError(
                    .conflict,
                    Phrase(
                        vi: "Bạn đã lưu \(SavedViews.most) bộ lọc: hãy xóa bớt.",
                        en: "You have kept \(SavedViews.most) views: delete some."
                    )
                )
            }
            let added = try tx.query(
                """
                insert into saved_view (id, person_id, name, address) values (\(id), \(owner), \(name), \(address))
                on conflict on constraint saved_view_name_key do nothing returning id
                """
            )
            guard added.first != nil else { throw SavedViews.nameIsTaken(name) }
            let detail: JSON = ["name": .string(name), "address": .string(address)]
            try Audit.record(tx, person, "saved_view.save", "saved_view:\(id.text)", detail)
        }
        return id
    }

    /// Gives an own view another name.
    ///
    /// - Throws: `not-found` for a view that is somebody else's; otherwise as ``save(_:address:by:owner:now:)``.
    public func rename(_ id: UUID, to name: String, by person: Person, owner: UUID) async throws {
        let name = try SavedViews.checked(name)
        try await database.transaction { tx in
            let before = try SavedViews.lock(id, of: owner, tx)
            let taken = try tx.query(
                "select 1 from saved_view where person_id = \(owner) and name = \(name) and id <> \(id)"
            )
            guard taken.first == nil else { throw SavedViews.nameIsTaken(name) }
            try tx.query("update saved_view set name = \(name) where id = \(id)")
            let detail = Audit.change(["name": .string(before)], ["name": .string(name)])
            try Audit.record(tx, person, "saved_view.rename", "saved_view:\(id.text)", detail)
        }
    }

    /// Deletes an own view; its address then leads nowhere.
    ///
    /// - Throws: `not-found` for a view that is somebody else's.
    public func delete(_ id: UUID, by person: Person, owner: UUID) async throws {
        try await database.transaction { tx in
            let name = try SavedViews.lock(id, of: owner, tx)
            try tx.query("delete from saved_view where id = \(id)")
            try Audit.record(tx, person, "saved_view.delete", "saved_view:\(id.text)", ["name": .string(name)])
        }
    }

    /// The name of an own view. The owner's row is locked before, so that no other name is given meanwhile.
    private static func lock(_ id: UUID, of owner: UUID, _ tx: borrowing Transaction) throws -> String {
        try tx.query("select 1 from person where id = \(owner) for no key update")
        let rows = try tx.query("select name from saved_view where id = \(id) and person_id = \(owner) for update")
        guard let name: String = try rows.first?.get(0) else { throw ServiceError(.notFound, .none(.savedView)) }
        return name
    }

    private static func checked(_ name: String) throws -> String {
        let name = name.trimming()
        guard !name.isEmpty, name.count <= longestName, !name.contains("\0") else {
            throw ServiceError(
                .invalidBody,
                at: "/name",
                Phrase(
                    vi: "cần một tên dài nhất \(longestName) ký tự",
                    en: "needs a name of \(longestName) characters at most"
                )
            )
        }
        return name
    }

    private static func nameIsTaken(_ name: String) -> ServiceError {
        ServiceError(
            .conflict,
            Phrase(vi: "Bạn đã có bộ lọc tên “\(name)”.", en: "You have a view named “\(name)” already.")
        )
    }
}
