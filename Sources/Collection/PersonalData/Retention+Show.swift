import Casework
import Postgres
public import Values

extension Retention {
    /// How long each is kept, and how much of it a run would let go now.
    public func show(at now: Instant = .now()) async throws -> JSON {
        let ends = times.ends(at: now)
        let row = try await database.query(
            """
            select
                (select count(*) from bank_notice where raw is not null and received_at < \(ends.raw)::timestamptz),
                (select count(*) from idempotency_key where created_at < \(ends.answers)::timestamptz),
                (select count(*) from person_session
                    where coalesce(ended_at, last_used_at) < \(ends.sessions)::timestamptz),
                (select count(*) from bank_notice where booked_on < \(ends.books.day)::date and salt is not null)
                    + (select count(*) from statement_line
                        where booked_on < \(ends.books.day)::date and salt is not null),
                (select count(*) from payer_contact
                    where address is not null and given_at < \(ends.contacts)::timestamptz),
                (select value from job_state where name = 'retention')
            """
        ).row()
        let (messages, answers, sessions, texts, contacts, last) = try row.decode(
            Int64.self,
            Int64.self,
            Int64.self,
            Int64.self,
            Int64.self,
            String?.self
        )
        return [
            "last_run": .optional(last),
            "kept": [
                ["what": "messages", "days": .integer(times.rawDays), "due": .integer(messages)],
                ["what": "answers", "days": .integer(times.answerDays), "due": .integer(answers)],
                ["what": "sessions", "days": .integer(times.sessionDays), "due": .integer(sessions)],
                ["what": "contacts", "days": .integer(times.contactDays), "due": .integer(contacts)],
                ["what": "books", "years": .integer(times.bookYears), "due": .integer(texts)],
            ],
        ]
    }
}
