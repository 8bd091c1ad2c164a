import Casework
import Postgres
import Values
import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension Shifts {
    /// The refunds that a drawer is to hand out, the oldest first; at most 100.
    public func handouts(at agency: String) async throws -> [Handout] {
        try await database.query(
            """
            select f.id, f.end_to_end_id, q.dossier_code, q.payer_name, f.amount
            from refund f left join payment_request q on q.id = f.payment_request_id
                left join reconciliation_case c on c.id = f.case_id
            where f.state = 'executed' and f.paid_by_hand and coalesce(q.agency_code, c.agency_code) = \(agency)
            order by f.executed_at, f.id limit 100
            """
        ).map { row in
            Handout(
                id: try row.get(0),
                mark: try row.get(1),
                dossierCode: try row.get(2),
                payerName: try row.get(3),
                amount: try row.get(4)
            )
        }
    }

    /// Hands an executed refund that is paid by hand out of the drawer, once.
    public func giveBack(_ refund: UUID, in id: Int64, by person: Person, within agencies: [String]?) async throws
        -> Shift
    {
        try await ServiceError.tellingRefusals {
            try await database.transaction { tx in
                let found = try RefundStore.lock(refund, within: agencies, tx)
                let shift = try Shifts.lock(id, within: agencies, tx)
                guard let found else { throw ServiceError(.notFound, .none(.refund)) }
                guard found.state == .executed, found.payee?.isByHand == true, found.agencyCode == shift.agencyCode
                else { throw ServiceError(.conflict, .refundNotByHand(found.endToEndID)) }
                try ShiftRules.giveBack(shift.facts, amount: found.amount, by: person.id)
                let state = try RefundState.next(after: found.state, on: .leaveBank)
                let now = Instant.now()
                try tx.query(
                    """
                    update refund set state = \(state.rawValue), settled_at = \(now)::timestamptz,
                        handed_out_in = \(id)::bigint
                    where id = \(refund)::uuid
                    """
                )
                try tx.query(
                    """
                    insert into shift_giveback (refund_id, shift_id, amount, given_by, given_at)
                    values (\(refund)::uuid, \(id)::bigint, \(found.amount)::bigint, \(person.personID)::uuid,
                        \(now)::timestamptz)
                    """
                )
                try tx.query(
                    """
                    insert into ledger_transfer (debit_account, credit_account, amount, kind, payment_request_id,
                        refund_id, booked_on, recorded_at)
                    values (ledger_account_of('refund', \(found.accountNumber)),
                        ledger_account_of('desk', \(shift.agencyCode)), \(found.amount)::bigint, 'refund_paid',
                        \(found.paymentRequestID)::uuid, \(refund)::uuid, \(now.day)::date, \(now)::timestamptz)
                    """
                )
                let detail: JSON = ["amount": .money(found.amount), "refund": .string(found.endToEndID)]
                try Audit.record(tx, person, "shift.give_back", "shift:\(id)", detail)
                return try Shifts.read(id, tx)
            }
        }
    }
}
