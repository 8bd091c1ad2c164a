import Postgres
import Settlement
import Values
import Workflow

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Writes the decisions on a batch as sets: one statement for each table, all in one round trip.
struct SettlementWriter {
    let rows: [NoticeRow]
    let known: SettlementFacts
    /// The id of each notice, or of the report recorded before it.
    let ids: [Int64?]
    let now: Instant

    func write(_ verdicts: [Verdict], _ effects: Effects, _ tx: borrowing Transaction) throws {
        var queries: [Query] = []
        let recorded = verdicts.enumerated().compactMap { place, verdict in
            verdict.decision.flatMap { $0.isRecorded ? (place: place, decision: $0) : nil }
        }
        // What was recorded before is acknowledged once more: only when a standby has it, which a commit waits for that
        // writes. After a crash of the primary it may be seen here before.
        queries.append(
            recorded.isEmpty
                ? "select pg_logical_emit_message(true, 'khop', 'seen')" : notices(recorded, verdicts.count)
        )
        queries += baskets(recorded.map { ($0.place, $0.decision) })
        if !effects.postings.isEmpty { queries.append(postings(effects.postings)) }
        if !effects.requests.isEmpty { queries.append(requests(effects.requests)) }
        queries += CaseWriter.open(effects.openedCases.map { caseRecord($0, verdicts[$0.place].decision) }, now: now)
        if !effects.paidInFull.isEmpty {
            queries.append(CaseWriter.closeUnderpaid(of: effects.paidInFull, now: now))
        }
        queries += effects.usedLines.flatMap(used)
        queries += RenewalWriter.end(effects.endedRenewals)
        if !effects.cleared.isEmpty {
            queries += ClearingWriter.clear(effects.cleared.map { ($0.noticeID, ids[$0.place]) }, now: now)
        }
        let paid = effects.requests.filter { $0.paidAt != nil }.map(\.id)
        if !paid.isEmpty { queries.append(ReceiptWriter.issue(for: paid, now: now)) }
        _ = try tx.pipeline(queries)
    }

    private func notices(_ recorded: [(place: Int, decision: Decision)], _ count: Int) -> Query {
        let records = Records(recorded, fields: 20) { entry, record in
            let (place, decision) = (entry.place, entry.decision)
            let row = rows[place]
            record.put(ids[place])
            record.put(row.notice.source.rawValue)
            record.put(row.connectionID)
            record.put(row.notice.issuerID)
            record.put(row.notice.transactionID)
            record.put(bytes: row.notice.contentHash)
            record.put(decision.outcome.rawValue)
            record.put(earlier(decision))
            record.put(row.notice.amount)
            record.put(row.notice.accountNumber)
            record.put(row.notice.bankReference)
            record.put(decision.requestID)
            record.put(decision.applied)
            record.put(decision.suspense)
            record.put(decision.clears?.amount ?? .zero)
            record.put(decision.movedAt)
            record.put(decision.timeWasReplaced ? row.notice.occurredAt : nil)
            record.put(row.memo)
            record.put(bytes: row.raw)
            // The other columns already state the reason of the usual outcome.
            let isUsual = decision.outcome == .settled && decision.line == nil && decision.basketID == nil
            record.put(isUsual ? nil : decision.reason.json.serialized)
        }
        return """
            insert into bank_notice (id, source, connection_id, issuer_id, provider_transaction_id, content_hash, outcome,
                duplicate_of, amount, account_number, bank_reference, payment_request_id, applied_amount, suspense_amount,
                cleared_amount, occurred_at, reported_at, booked_on, received_at, memo, raw, raw_hash, reason)
            overriding system value
            select r.id, r.source, r.connection_id, r.issuer_id, r.provider_transaction_id, r.content_hash, r.outcome,
                r.duplicate_of, r.amount, r.account_number, r.bank_reference, r.payment_request_id, r.applied_amount,
                r.suspense_amount, r.cleared_amount, r.occurred_at, r.reported_at,
                (r.occurred_at at time zone 'Asia/Ho_Chi_Minh')::date, \(now)::timestamptz, r.memo, r.raw, sha256(r.raw),
                r.reason::jsonb
            from unnest(\(records)::notice_record[]) r
            """
    }

    private func earlier(_ decision: Decision) -> Int64? {
        switch decision.earlier {
        case .notice(let id)?: id
        case .placeInBatch(let place)?: ids[place]
        case nil: nil
        }
    }

    private func postings(_ postings: [Effects.Posting]) -> Query {
        Posting.insert(
            postings.map { posting in
                Posting(
                    debit: account(posting.debit, posting.place),
                    credit: account(posting.credit, posting.place),
                    amount: posting.amount,
                    kind: posting.kind.rawValue,
                    requestID: posting.requestID,
                    noticeID: ids[posting.place],
                    day: posting.day
                )
            },
            now: now
        )
    }

    private func account(_ account: Effects.Posting.Account, _ place: Int) -> Int32 {
        switch account {
        case .incoming: rows[place].debitAccount
        case .suspense: rows[place].suspenseAccount
        // A cleared payment was read together with its account.
        case .clearing(let notice): known.clearingAccounts[notice]!
        case .revenue(let request):
            // A decided request was read together with its accounts.
            known.homes[request]!.revenueAccount
        }
    }

    private func requests(_ changes: [Effects.RequestChange]) -> Query {
        let records = Records(changes, fields: 6) { change, record in
            record.put(change.id)
            record.put(change.received)
            record.put(change.applied)
            record.put(change.paidAt)
            record.put(change.paidAt?.day)
            record.put(change.settledBy?.rawValue)
        }
        return """
            update payment_request p set amount_received = p.amount_received + c.received,
                amount_applied = p.amount_applied + c.applied,
                status = case when c.paid_at is null then p.status else 'paid' end,
                paid_at = coalesce(c.paid_at, p.paid_at), paid_on = coalesce(c.paid_on, p.paid_on),
                settled_by = coalesce(c.settled_by, p.settled_by)
            from unnest(\(records)::request_change[]) c where p.id = c.id
            """
    }

    private func caseRecord(_ opened: Effects.OpenedCase, _ decision: Decision?) -> CaseRecord {
        let row = rows[opened.place]
        let request = opened.requestID
        let agency = request.flatMap { known.homes[$0]?.agencyCode }
        var evidence: [JSON.Member] = [.init("transaction_id", .string(row.notice.transactionID))]
        if let memo = row.memo { evidence.append(.init("memo", .string(memo))) }
        if opened.kind == .conflict, let raw = row.raw {
            evidence.append(.init(CaseRecord.sealedBody, .string(Data(raw).base64EncodedString())))
        }
        return CaseRecord(
            kind: opened.kind,
            accountNumber: row.notice.accountNumber,
            agencyCode: agency ?? decision?.basketID.flatMap { known.agency(ofBasket: $0) },
            requestID: request,
            noticeID: ids[opened.place],
            contentHash: opened.kind == .conflict ? row.notice.contentHash : nil,
            connectionID: opened.kind == .conflict ? row.connectionID : nil,
            amount: opened.amount,
            evidence: .object(evidence),
            reason: opened.reason
        )
    }

    /// The money of a line leaves suspense: the line now confirms the notice, and its case ends when no money is left.
    /// A proposal that waited for a person's confirmation is superseded.
    private func used(_ used: Effects.UsedLine) -> [Query] {
        guard let notice = ids[used.place] else { return [] }
        var queries: [Query] = [
            "insert into line_notice (line_id, notice_id) values (\(used.line.id)::bigint, \(notice)::bigint)"
        ]
        if let id = used.line.proposalID {
            queries.append(
                """
                update recovery_proposal set state = 'superseded', notice_id = \(notice)::bigint, decided_by = 'system',
                    decided_by_name = 'system', decided_at = \(now)::timestamptz
                where id = any(\([id] + used.line.otherProposals)::bigint[])
                """
            )
        }
        if let id = used.line.caseID {
            queries.append("insert into case_money (case_id) values (\(id)::bigint) on conflict do nothing")
            queries.append(
                """
                insert into suspense_use (case_id, action, amount, notice_id)
                values (\(id)::bigint, 'settle', \(used.amount)::bigint, \(notice)::bigint)
                """
            )
            if used.isUsedUp { queries.append(CaseWriter.close(id, action: "callback_came", now: now)) }
        }
        return queries
    }
}
