import FeeSchedule
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where a cashier who is a person puts what she takes: the open shift at the drawer of the request's agency. Programs with
/// keys have drawers of their own.
enum CashDrawer {
    /// The shift that a payment goes into; throws if cash needs one and there is none. Nobody counts the drawer until the
    /// transaction ends.
    static func shift(of actor: Person, at agency: String, for channel: Channel, _ tx: borrowing Transaction) throws
        -> Int64?
    {
        guard let person = actor.personID else { return nil }
        let found = try tx.query(
            """
            select id from shift where cashier = \(person)::uuid and agency_code = \(agency) and state = 'open'
            for share
            """
        ).first
        guard let found else {
            guard channel != .counterCash else { throw ServiceError(.conflict, .shiftNeeded(agency)) }
            return nil
        }
        return try found.get(0)
    }

    /// Enters a payment whose notice has been written.
    ///
    /// - Parameter tendered: what the payer handed over, for cash.
    static func enter(
        _ notice: Int64,
        _ taken: CounterPayments.Taken,
        in shift: Int64,
        by actor: Person,
        at now: Instant,
        _ tx: borrowing Transaction
    ) throws {
        try tx.query(
            """
            insert into shift_taking (notice_id, shift_id, channel, amount, tendered, taken_by, taken_at)
            values (\(notice)::bigint, \(shift)::bigint, \(taken.channel.rawValue), \(taken.amount)::bigint,
                \(taken.tendered)::bigint, \(actor.personID)::uuid, \(now)::timestamptz)
            """
        )
    }
}
