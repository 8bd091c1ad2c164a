public import Casework
import Postgres
public import Values
public import Workflow

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Payers who want to be told: where, until when, and what became of it.
public struct Messages: Sendable {
    /// Somebody may ask to be told at so many addresses of a request.
    public static let maximumContacts = 3

    let database: Database
    let box: SecretBox
    /// What this installation can send by.
    public let channels: Set<ContactChannel>

    init(_ database: Database, box: SecretBox, options: MessageOptions) {
        (self.database, self.box, channels) = (database, box, options.channels)
    }

    /// A payer asks, on the page of a request, to be told of it. Who had asked for silence before has changed his mind.
    public func add(_ contact: WantedContact, to request: UUID, from origin: CallOrigin) async throws {
        let mark = Bytes(box.mark(ofContact: contact.address, by: contact.channel.rawValue))
        try await database.transaction { tx in
            // One after the other, so that the bound holds.
            try tx.query("select 1 from payment_request where id = \(request)::uuid for no key update")
            let others = try tx.query(
                """
                select count(*) from payer_contact where payment_request_id = \(request)::uuid
                    and (channel, mark) is distinct from (\(contact.channel.rawValue)::text, \(mark)::bytea)
                """
            ).row().get(0, as: Int.self)
            guard others < Messages.maximumContacts else { throw Messages.tooMany }
            try tx.query(
                """
                delete from contact_stop where channel = \(contact.channel.rawValue) and mark = \(mark)::bytea
                """
            )
            let id = try tx.query(
                """
                insert into payer_contact (payment_request_id, channel, address, mark, language, given_by, given_at)
                values (\(request)::uuid, \(contact.channel.rawValue), \(contact.address), \(mark)::bytea,
                    \(contact.language.rawValue), 'payer', now())
                on conflict on constraint payer_contact_key do update set stopped_at = null,
                    language = excluded.language
                returning id
                """
            ).row().get(0, as: Int64.self)
            let payer = Person(id: Person.system.id, name: "payer", from: origin)
            let detail: JSON = ["channel": .string(contact.channel.rawValue), "contact": .integer(id)]
            try Audit.record(tx, payer, "contact.add", "request:" + request.text, detail)
        }
    }

    private static let tooMany = ServiceError(
        .conflict,
        Phrase(
            vi: "Khoản nộp này đã được báo tới \(maximumContacts) địa chỉ, không thêm được nữa.",
            en: "This payment is told to \(maximumContacts) addresses already; no more can be added."
        )
    )

    /// What a link for unsubscribing is about: the address, masked, and whether it is silent already. Throws `notFound`.
    public func subscription(_ token: String) async throws -> (channel: ContactChannel, masked: String, isOver: Bool) {
        guard let id = UnsubscribeToken.contact(token, box) else { throw Messages.noLink }
        let row = try await database.query(
            "select channel, address, stopped_at is not null from payer_contact where id = \(id)::bigint"
        ).first
        guard let row else { throw Messages.noLink }
        let address = try row.get(1, as: String?.self)
        return (try row.code(0), address.map { MessageRecord.masked($0) } ?? "***", try row.get(2))
    }

    /// Nothing more is sent to the address of a link, of any request; doing it again changes nothing.
    public func unsubscribe(_ token: String, from origin: CallOrigin) async throws {
        guard let id = UnsubscribeToken.contact(token, box) else { throw Messages.noLink }
        try await database.transaction { tx in
            let found = try tx.query("select channel, mark from payer_contact where id = \(id)::bigint").first
            guard let found else { throw Messages.noLink }
            // Erased: nothing is sent there anyway.
            guard let mark = try found.get(1, as: Bytes?.self) else { return }
            let channel: ContactChannel = try found.code(0)
            let isNew =
                try tx.query(
                    """
                    insert into contact_stop (channel, mark, stopped_at) values (\(channel.rawValue), \(mark)::bytea, now())
                    on conflict on constraint contact_stop_pkey do nothing returning 1
                    """
                ).first != nil
            try tx.query(
                """
                update payer_contact set stopped_at = now()
                where mark = \(mark)::bytea and channel = \(channel.rawValue) and stopped_at is null
                """
            )
            guard isNew else { return }
            let payer = Person(id: Person.system.id, name: "payer", from: origin)
            let detail: JSON = ["channel": .string(channel.rawValue), "contact": .integer(id)]
            try Audit.record(tx, payer, "contact.stop", "contact:\(id)", detail)
        }
    }

    private static let noLink = ServiceError(
        .notFound,
        Phrase(vi: "Đường dẫn này không đúng.", en: "This link is not one of ours.")
    )

    /// Keeps that somebody sends a message as a test; not to whom.
    public func recordTest(by actor: Person, _ channel: ContactChannel) async throws {
        try await database.transaction { tx in
            try Audit.record(tx, actor, "message.test", "message", ["channel": .string(channel.rawValue)])
        }
    }

    /// Where the payer of a request is told, masked.
    public func told(of request: UUID) async throws -> [(channel: ContactChannel, masked: String)] {
        try await database.query(
            """
            select channel, address from payer_contact
            where payment_request_id = \(request)::uuid and stopped_at is null order by id
            """
        ).map { row in (try row.code(0), MessageRecord.masked(try row.get(1))) }
    }

    /// Writes what recalls requests to their payers on the eve of their end, once each; returns how many.
    public func remind(now: Instant = .now()) async throws -> Int {
        let written = try await database.query(
            """
            insert into payer_message (contact_id, kind, occasion, amount, remaining, made_at, next_attempt_at, give_up_at)
            select c.id, \(MessageKind.expiresTomorrow.rawValue), 0, r.amount_received,
                greatest(r.amount_due - r.amount_applied + r.fee_refund_claimed, 0), \(now)::timestamptz,
                \(now)::timestamptz, r.expires_at
            from payment_request r join payer_contact c on c.payment_request_id = r.id
            where r.status = 'pending' and c.stopped_at is null
                and r.expires_at > \(now.adding(seconds: MessageTiming.leastSeconds))::timestamptz
                and r.expires_at <= \(now.adding(seconds: MessageTiming.reminderSeconds))::timestamptz
                and r.created_at <= r.expires_at - \(MessageTiming.leastLifetimeSeconds)::bigint * interval '1 second'
                and not exists (
                    select 1 from payer_message m
                    where m.contact_id = c.id and m.kind = \(MessageKind.expiresTomorrow.rawValue) and m.occasion = 0)
            order by c.id limit 1000
            on conflict on constraint payer_message_once_key do nothing returning 1
            """
        ).count
        if written > 0 { _ = try await database.query("select pg_notify('khop_messages', '')") }
        return written
    }

    /// How the outbox stands: what waits by channel, and what ended badly in the last week.
    public func signs(now: Instant = .now()) async throws -> MessageSigns {
        try await MessageSigns.read(database, channels: channels, now: now)
    }

    /// Messages, the newest first.
    ///
    /// - Parameters:
    ///   - reference: of one request; `nil` for all.
    ///   - before: the id of the last one of the page before.
    ///   - limit: 1 to 500.
    public func list(
        state: PayerMessageState? = nil,
        reference: String? = nil,
        before: Int64? = nil,
        limit: Int = 100
    ) async throws -> [MessageRecord] {
        let sql =
            MessageRecord.select + """
                 where ($1::text is null or m.state = $1) and ($2::text is null or r.reference = $2)
                    and ($3::bigint is null or m.id < $3)
                order by m.id desc limit $4::integer
                """
        return try await database.query(
            Query(trustedSQL: sql, binding: [state?.rawValue, reference, before, try Paging.check(limit)])
        ).map(MessageRecord.init)
    }
}
