import FeeSchedule
import Postgres
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The payments behind a cell of the report, page by page.
public struct NonCashPayments: Sendable {
    /// Which of a row's payments.
    public enum Counted: String, Sendable, CaseIterable {
        case paid
        case nonCash = "non_cash"
        case online, cash

        func holds(_ channel: Channel) -> Bool {
            switch self {
            case .paid: true
            case .nonCash: !channel.isCash
            case .online: channel == .online
            case .cash: channel.isCash
            }
        }
    }

    /// One cell, and where its page begins.
    public struct Cell: Sendable {
        public var question: NonCashReport.Question
        /// The row's code, as the report has it; `nil` for the total.
        public var row: String?
        /// Distinguishes two units that had the same code; `nil` for all of them.
        public var rowValidFrom: Day?
        public var counted: Counted
        /// 1 to 500.
        public var limit: Int
        /// The last payment of the page before.
        public var after: Cursor?
        /// What narrows the cell down further.
        public var behind: PaymentsBehind

        public init(
            question: NonCashReport.Question,
            row: String?,
            rowValidFrom: Day?,
            counted: Counted,
            limit: Int,
            after: Cursor?,
            behind: PaymentsBehind = PaymentsBehind()
        ) {
            self.question = question
            self.row = row
            self.rowValidFrom = rowValidFrom
            self.counted = counted
            self.limit = limit
            self.after = after
            self.behind = behind
        }
    }

    /// Payments are ordered by day, and by id within a day.
    public struct Cursor: Sendable, CustomStringConvertible {
        let day: Day
        let id: UUID

        public var description: String { "\(day).\(id.text)" }

        init(day: Day, id: UUID) {
            self.day = day
            self.id = id
        }

        /// Reads the `next_cursor` of an earlier page.
        public init(_ text: String) throws {
            let halves = text.split(separator: ".", omittingEmptySubsequences: false)
            guard halves.count == 2, let day = Day(halves[0]), let id = UUID(uuidString: String(halves[1])) else {
                throw ServiceError(
                    .invalidParameter,
                    at: "cursor",
                    Phrase(vi: "phải là next_cursor của trang trước", en: "must be the next_cursor of the page before")
                )
            }
            self.init(day: day, id: id)
        }
    }

    public let items: [JSON]
    /// All payments of the cell, on every page; where ``PaymentsBehind`` is finer than the totals of days, of what it narrows.
    public let count: Int64
    public let amount: Money
    public let next: Cursor?
    public let generatedAt: Instant

    public var json: JSON {
        [
            "count": .integer(count), "amount_total": .money(amount), "generated_at": .text(generatedAt),
            "items": .array(items), "next_cursor": .optional(next?.description),
        ]
    }
}

extension Reports {
    /// A day's payments of an agency, procedure and channel that belong to the cell.
    private struct Batch {
        let day: Day
        let agency: String
        let procedure: String
        let channel: String
        let requests: Int64
        let amount: Money
    }

    /// The payments that a cell of ``nonCash(_:)`` counts.
    public func payments(_ cell: NonCashPayments.Cell) async throws -> NonCashPayments {
        let ground = try await ground(for: cell.question)
        let (places, schedule) = (ground.places, ground.catalogue.schedule)
        let found = try await reading.read { tx in
            let batches = try Reports.batches(tx, cell, places, schedule)
            return (batches, try Reports.page(tx, cell, batches))
        }
        let (batches, items) = found.value
        let last = items.count == cell.limit ? items.last : nil
        return NonCashPayments(
            items: items,
            count: batches.reduce(0) { $0 + $1.requests },
            amount: batches.map(\.amount).total(),
            next: try last.map {
                try NonCashPayments.Cursor("\($0["paid_on"]?.string ?? "").\($0["id"]?.string ?? "")")
            },
            generatedAt: found.asOf
        )
    }

    /// What the maintained totals state about the cell: how many payments it has, and on which days.
    private static func batches(
        _ tx: borrowing Transaction,
        _ cell: NonCashPayments.Cell,
        _ places: ReportPlaces,
        _ schedule: Schedule
    ) throws -> [Batch] {
        var places = places
        let (period, starts) = (cell.question.period, places.starts)
        let rows = try tx.query(
            """
            select paid_on, (\(starts)::date[])[width_bucket(paid_on, \(starts)::date[])], agency_code, procedure_code,
                channel, sum(paid_requests)::bigint, sum(amount_total)::bigint
            from daily_procedure_total where paid_on between \(period.from)::date and \(period.to)::date
            group by 1, 2, 3, 4, 5 having sum(paid_requests) <> 0 order by 1, 3, 4, 5
            """
        )
        return try rows.compactMap { row -> Batch? in
            let (day, stretch, agency, procedure, channel, requests, amount) = try row.decode(
                Day.self,
                Day.self,
                String.self,
                String.self,
                String.self,
                Int64.self,
                Money.self
            )
            guard let unit = places.unit(of: agency, stretch: stretch),
                cell.counted.holds(Channel(rawValue: channel) ?? .online),
                cell.behind.agency.map({ $0 == agency }) ?? true
            else { return nil }
            if let wanted = cell.row {
                let isInRow =
                    switch cell.question.by {
                    case .locality: unit.code == wanted && cell.rowValidFrom.map { $0 == unit.validFrom } ?? true
                    case .procedure: procedure == wanted
                    case .field: (schedule.procedures[procedure]?.fieldVi ?? "") == wanted
                    case .channel: channel == wanted
                    }
                guard isInRow else { return nil }
            }
            return Batch(
                day: day,
                agency: agency,
                procedure: procedure,
                channel: channel,
                requests: requests,
                amount: amount
            )
        }
    }

    /// The next payments of the cell. The totals state how many payments each day has, so only as many days are read as
    /// fill the page.
    private static func page(
        _ tx: borrowing Transaction,
        _ cell: NonCashPayments.Cell,
        _ batches: [Batch]
    ) throws -> [JSON] {
        var items: [JSON] = []
        var after = cell.after
        var rest = batches[...].drop { batch in after.map { batch.day < $0.day } ?? false }
        // Where the totals count others too, each read takes twice the days of the one before.
        var enough = Int64(cell.limit)
        while items.count < cell.limit, !rest.isEmpty {
            defer { if cell.behind.isFinerThanTotals { enough = min(enough * 2, 100_000) } }
            var found: Int64 = 0
            // The cursor's own day may have been read to its end, so it is not counted.
            let chunk = rest.prefix { batch in
                defer { if batch.day != after?.day { found += batch.requests } }
                return found < enough || batch.day == rest.first?.day
            }
            let days = Set(chunk.map(\.day))
            let whole = rest.prefix { days.contains($0.day) }
            let wanted = cell.limit - items.count
            let sql = """
                select \(itemColumns)
                from unnest($1::date[], $2::text[], $3::text[], $4::text[]) as w (day, agency, procedure, channel)
                    join payment_request_event e on e.agency_code = w.agency and e.paid_on = w.day
                    join payment_request r on r.id = e.payment_request_id and r.paid_on = w.day
                        and r.procedure_code = w.procedure and r.channel = w.channel
                where r.status in ('paid', 'partially_refunded') and r.amount_due > 0
                    and ($5::date is null or (r.paid_on, r.id) > ($5::date, $6::uuid))
                    and \(PaymentsBehind.conditions(first: 8))
                order by r.paid_on, r.id limit $7::integer
                """
            let behind = cell.behind
            let rows = try tx.query(
                Query(
                    trustedSQL: sql,
                    binding: [
                        whole.map(\.day), whole.map(\.agency), whole.map(\.procedure), whole.map(\.channel), after?.day,
                        after?.id, wanted, behind.agency, behind.feeCode, behind.budgetCode, behind.rule,
                        behind.ruleCode, behind.weekday, behind.hour,
                    ]
                )
            )
            for row in rows {
                let id = try row.get(0, as: UUID.self)
                let day = try row.get(1, as: Day.self)
                after = NonCashPayments.Cursor(day: day, id: id)
                items.append(try item(row, id, day))
            }
            rest = rest.dropFirst(whole.count)
        }
        return items
    }

    /// What ``item(_:_:_:)`` reads.
    static let itemColumns = """
        r.id, r.paid_on, r.paid_at, r.reference, r.dossier_code, r.agency_code, r.procedure_code, r.channel,
            r.amount_due, r.discount_total, r.payer_name, r.status
        """

    static func item(_ row: Row, _ id: UUID, _ day: Day) throws -> JSON {
        [
            "id": .string(id.text), "paid_on": .text(day),
            "paid_at": .optional(try row.get(2, as: Instant?.self)?.description),
            "reference": .string(try row.get(3)), "dossier_code": .string(try row.get(4)),
            "agency_code": .string(try row.get(5)), "procedure_code": .string(try row.get(6)),
            "channel": .string(try row.get(7)), "amount_due": .money(try row.get(8)),
            "discount_total": .money(try row.get(9)), "payer_name": .optional(try row.get(10, as: String?.self)),
            "status": .string(try row.get(11)),
        ]
    }
}
