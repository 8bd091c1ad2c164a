import Casework
import FeeSchedule
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The shifts of cashiers: opened, read, counted, closed, and their cash carried to the bank.
public struct Shifts: Sendable {
    let database: Database
    let tariff: Tariff

    init(_ database: Database, tariff: Tariff) {
        self.database = database
        self.tariff = tariff
    }

    /// Opens a shift at the drawer of an agency. A cashier has one open shift at a drawer.
    ///
    /// - Parameters:
    ///   - float: what the drawer holds, for change; not negative.
    ///   - agencies: those of whoever opens it; `nil` for all.
    public func open(at agency: String, float: Money, by person: Person, within agencies: [String]?) async throws
        -> Shift
    {
        let known = try await tariff.current().schedule.agencies[agency] != nil
        guard known, agencies?.contains(agency) ?? true else {
            throw ServiceError(
                .invalidBody,
                at: "/agency_code",
                Phrase(vi: "không có cơ quan này trong địa bàn của bạn", en: "is no agency that you act for")
            )
        }
        guard float >= .zero, float <= Money.maximum else {
            throw ServiceError(
                .invalidBody,
                at: "/float",
                Phrase(vi: "phải là số đồng nguyên, không âm", en: "must be whole đồng, and not negative")
            )
        }
        guard let cashier = person.personID else { throw ServiceError(.forbidden, .shiftOfAnother(actor: "–")) }
        do {
            return try await database.transaction { tx in
                let id = try tx.query(
                    """
                    insert into shift (agency_code, cashier, cashier_name, float_amount, opened_at)
                    values (\(agency), \(cashier)::uuid, \(person.name), \(float)::bigint, now()) returning id
                    """
                ).row().get(0, as: Int64.self)
                let detail: JSON = ["agency_code": .string(agency), "float": .money(float)]
                try Audit.record(tx, person, "shift.open", "shift:\(id)", detail)
                return try Shifts.read(id, tx)
            }
        } catch let error as PostgresError where error.constraint == "shift_open_key" {
            throw ServiceError(.conflict, .shiftOpenAlready(agency))
        }
    }

    /// The shift of an id; throws `notFound` for one that whoever asks does not see.
    ///
    /// - Parameter onlyOf: the cashier who alone is asked about; `nil` for all.
    public func find(_ id: Int64, within agencies: [String]?, onlyOf cashier: UUID? = nil) async throws -> Shift {
        let found = try await database.query(
            Query(
                trustedSQL: Shift.select + """
                     where s.id = $1::bigint and ($2::text[] is null or s.agency_code = any($2))
                        and ($3::uuid is null or s.cashier = $3)
                    """,
                binding: [id, agencies, cashier]
            )
        ).first
        guard let found else { throw Shifts.none }
        return try Shift(found)
    }

    /// The shifts of a cashier that are not closed, the newest first: those that take money, and those that were counted
    /// with a difference that nobody has decided on.
    public func unclosed(of cashier: UUID) async throws -> [Shift] {
        try await list(state: .open, within: nil, onlyOf: cashier)
            + list(state: .counted, within: nil, onlyOf: cashier)
    }

    /// The shifts, the newest first.
    ///
    /// - Parameters:
    ///   - before: the id of the last shift of the page before.
    ///   - limit: 1 to 500.
    public func list(
        state: ShiftState? = nil,
        within agencies: [String]?,
        onlyOf cashier: UUID? = nil,
        before: Int64? = nil,
        limit: Int = 50
    ) async throws -> [Shift] {
        try await database.query(
            Query(
                trustedSQL: Shift.select + """
                     where ($1::text is null or s.state = $1) and ($2::text[] is null or s.agency_code = any($2))
                        and ($3::uuid is null or s.cashier = $3) and ($4::bigint is null or s.id < $4)
                    order by s.id desc limit $5::integer
                    """,
                binding: [state?.rawValue, agencies, cashier, before, try Paging.check(limit)]
            )
        ).map(Shift.init)
    }

    /// What was taken in a shift, the latest first.
    public func takings(of shift: Int64, limit: Int = 500) async throws -> [ShiftTaking] {
        try await database.query(
            Query(
                trustedSQL: ShiftTaking.select + " where t.shift_id = $1::bigint order by t.notice_id desc limit $2",
                binding: [shift, try Paging.check(limit)]
            )
        ).map(ShiftTaking.init)
    }

    /// What a cashier took on a day, in whatever shifts, the latest first.
    public func takings(of cashier: UUID, on day: Day, limit: Int = 500) async throws -> [ShiftTaking] {
        try await database.query(
            Query(
                trustedSQL: ShiftTaking.select + """
                     where t.shift_id in (select id from shift where cashier = $1::uuid)
                        and t.taken_at >= $2::timestamptz and t.taken_at < $3::timestamptz
                    order by t.notice_id desc limit $4
                    """,
                binding: [cashier, day.start, day.next.start, try Paging.check(limit)]
            )
        ).map(ShiftTaking.init)
    }

    /// What was taken for a request at counters, the latest first.
    public func takings(ofRequest request: UUID) async throws -> [ShiftTaking] {
        try await database.query(
            Query(
                trustedSQL: ShiftTaking.select + """
                     where b.payment_request_id = $1::uuid order by t.notice_id desc limit 50
                    """,
                binding: [request]
            )
        ).map(ShiftTaking.init)
    }

    static func read(_ id: Int64, _ tx: borrowing Transaction) throws -> Shift {
        try Shift(tx.query(Query(trustedSQL: Shift.select + " where s.id = $1::bigint", binding: [id])).row())
    }

    /// Locks a shift for the rest of the transaction: nothing is taken or given back in it meanwhile.
    static func lock(_ id: Int64, within agencies: [String]?, _ tx: borrowing Transaction) throws -> Shift {
        let found = try tx.query(
            """
            select 1 from shift where id = \(id)::bigint
                and (\(agencies)::text[] is null or agency_code = any(\(agencies)::text[])) for update
            """
        )
        guard !found.isEmpty else { throw none }
        return try read(id, tx)
    }

    static let none = ServiceError(.notFound, .none(.shift))
}
