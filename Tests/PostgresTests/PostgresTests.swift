import Foundation
import Postgres
import TestSupport
import Testing
import Values

@Suite struct PostgresTests {
    @Test func `values are read as they were bound`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            let instant = Instant(microseconds: 1_795_000_000_123_456)
            let texts = ["a", "b,\"c\\", "", "đồng", "NULL", "{}"]
            let id = UUID()
            let row = try await database.query(
                """
                select \(Int64.min)::bigint, \("x'; drop table y; --")::text, \(instant)::timestamptz, \(Day("2026-11-21"))::date,
                    \(texts)::text[], \([1, -2] as [Int64])::bigint[], \(Bytes([0, 255, 92]))::bytea, \(nil as String?)::text,
                    \(true)::boolean, \(id)::uuid, \(["a": 1] as JSON)::jsonb
                """
            ).row()
            let (number, text, back, day, array, numbers, bytes, none, flag, uuid, json) = try row.decode(
                Int64.self,
                String.self,
                Instant.self,
                Day.self,
                [String].self,
                [Int64].self,
                Bytes.self,
                String?.self,
                Bool.self,
                UUID.self,
                JSON.self
            )
            #expect(number == .min)
            #expect(text == "x'; drop table y; --")
            #expect(back == instant)
            #expect(day == Day("2026-11-21"))
            #expect(array == texts)
            #expect(numbers == [1, -2])
            #expect(bytes == Bytes([0, 255, 92]))
            #expect(none == nil && flag && uuid == id && json["a"]?.integer == 1)
            await database.close()
        }
    }

    @Test func `a column is never read as another type`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            let rows = try await database.query("select 'x'::text, null::bigint")
            #expect(throws: PostgresError.self) { try rows.row().get(0, as: Int64.self) }
            #expect(throws: PostgresError.self) { try rows.row().get(1, as: Int64.self) }
            #expect(throws: PostgresError.self) { try rows.row().decode(String.self) }
            await database.close()
        }
    }

    @Test func `errors keep state, constraint and detail, and print no values`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("create table thing (secret text constraint thing_secret_key unique)")
            _ = try await database.query("insert into thing values ('hunter2')")
            let error = await #expect(throws: PostgresError.self) {
                _ = try await database.query("insert into thing values (\("hunter2"))")
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(error?.constraint == "thing_secret_key")
            #expect(error?.detail?.contains("hunter2") == true)
            #expect(error.map { !"\($0)".contains("hunter2") } == true)
            await database.close()
        }
    }

    @Test func `a transaction is applied as a whole or not at all`() async throws {
        struct Stop: Error {}
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("create table thing (id bigint)")
            await #expect(throws: Stop.self) {
                try await database.transaction { tx in
                    try tx.query("insert into thing values (1)")
                    throw Stop()
                }
            }
            try await database.transaction { tx in _ = try tx.query("insert into thing values (2)") }
            let ids = try await database.query("select id from thing").map { try $0.get(0, as: Int64.self) }
            #expect(ids == [2])
            await database.close()
        }
    }

    @Test func `transactions that collide run again`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("create table counter (value bigint)")
            _ = try await database.query("insert into counter values (0)")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<5 {
                            try await database.transaction(.serializable, attempts: 100) { tx in
                                let value = try tx.query("select value from counter").row().get(0, as: Int64.self)
                                try tx.query("update counter set value = \(value + 1)::bigint")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await database.query("select value from counter").row().get(0, as: Int64.self)
            #expect(value == 20)
            await database.close()
        }
    }

    @Test func `COPY moves rows in and out`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("create table thing (id bigint, note text)")
            let notes = ["tab\there", "line\nend", "back\\slash", "đ", "\\N"]
            let (count, out) = try await database.transaction { tx in
                let count = try tx.copyIn("copy thing from stdin (format binary)") { writer in
                    for (index, note) in (notes + [nil]).enumerated() {
                        try writer.row(columns: 2)
                        writer.put(Int64(index))
                        try writer.put(note)
                    }
                }
                var out: [UInt8] = []
                try tx.copyOut("copy (select note from thing where id = 3) to stdout") { out.append(contentsOf: $0) }
                return (count, out)
            }
            #expect(count == 6)
            #expect(out == Array("đ\n".utf8))
            let back = try await database.query("select note from thing order by id").map {
                try $0.get(0, as: String?.self)
            }
            #expect(back == notes + [nil])
            await database.close()
        }
    }

    /// Every type of value, and its bounds: what comes back through the other door is what went in.
    @Test func `COPY writes every type exactly`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query(
                "create table thing (n integer, big bigint, at timestamptz, day date, amount bigint, texts text[])"
            )
            var generator = Seeded("copy")
            struct Row {
                var n: Int32
                var big: Int64
                var at: Instant
                var day: Day?
                var amount: Money?
                var texts: [String]?
            }
            var rows: [Row] = []
            for n: Int32 in 0..<200 {
                let big = Int64.random(in: .min ... .max, using: &generator)
                let at = Int64.random(in: -2_000_000_000_000_000...4_000_000_000_000_000, using: &generator)
                let day = Day(daysSinceEpoch: Int32.random(in: -20_000...40_000, using: &generator))
                let amount = Money(Int64.random(in: -1_000_000...1_000_000, using: &generator))
                let texts = (0..<Int.random(in: 1...4, using: &generator)).map { "đ,{\"\\\($0)" }
                rows.append(
                    Row(
                        n: n,
                        big: n == 0 ? .min : n == 1 ? .max : big,
                        at: Instant(microseconds: at),
                        day: n % 3 == 0 ? nil : day,
                        amount: n % 5 == 0 ? nil : amount,
                        texts: n % 7 == 0 ? nil : texts
                    )
                )
            }
            try await database.transaction { [rows] tx in
                _ = try tx.copyIn("copy thing from stdin (format binary)") { writer in
                    for row in rows {
                        try writer.row(columns: 6)
                        writer.put(row.n)
                        writer.put(row.big)
                        writer.put(row.at)
                        writer.put(row.day)
                        writer.put(row.amount)
                        try writer.put(row.texts)
                    }
                }
            }
            let back = try await database.query(
                "select n, big, at, day, amount, array_to_json(texts)::text from thing order by n"
            )
            #expect(back.count == rows.count)
            for (row, found) in zip(rows, back) {
                #expect(try found.get(1, as: Int64.self) == row.big)
                #expect(try found.get(2, as: Instant.self) == row.at)
                #expect(try found.get(3, as: Day?.self) == row.day)
                #expect(try found.get(4, as: Money?.self) == row.amount)
                let texts = try found.get(5, as: String?.self).map { try JSON.parse($0) }
                #expect(texts?.array?.map(\.string) == row.texts?.map { Optional($0) })
            }
            await #expect(throws: PostgresError.self) {
                try await database.transaction { tx in
                    _ = try tx.copyIn("copy thing (texts) from stdin (format binary)") { writer in
                        try writer.row(columns: 1)
                        try writer.put(["a\0b"])
                    }
                }
            }
            await database.close()
        }
    }

    @Test func `an aborted COPY leaves nothing`() async throws {
        struct Stop: Error {}
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            _ = try await database.query("create table thing (id bigint)")
            await #expect(throws: Stop.self) {
                try await database.transaction { tx in
                    _ = try tx.copyIn("copy thing from stdin (format binary)") { writer in
                        try writer.row(columns: 1)
                        writer.put(Int64(1))
                        throw Stop()
                    }
                }
            }
            #expect(try await database.query("select 1 from thing").isEmpty)
            await database.close()
        }
    }

    @Test func `a cancelled task cancels its statement`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            var options = options
            options.statementTimeoutMilliseconds = 0
            let database = Database(options)
            let task = Task { try await database.query("select pg_sleep(3600)") }
            try await until {
                try await database.query(
                    "select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'"
                ).count == 1
            }
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            try await until {
                try await database.query(
                    "select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'"
                ).isEmpty
            }
            await database.close()
        }
    }

    @Test func `statements after one that failed in a pipeline are prepared again`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            var options = options
            options.poolSize = 1
            let database = Database(options)
            @Sendable func quotient(by divisor: Int64) async throws -> [Int64] {
                try await database.transaction { tx in
                    try tx.pipeline([
                        "select 6 / \(divisor)::bigint", "select 2 + \(divisor)::bigint",
                        "select 5 - \(divisor)::bigint",
                    ]).map { try $0.row().get(0, as: Int64.self) }
                }
            }
            // The first use of all three, of which the first one fails.
            await #expect(throws: PostgresError.self) { _ = try await quotient(by: 0) }
            let quotients = try await quotient(by: 3)
            #expect(quotients == [2, 5, 2])
            await database.close()
        }
    }

    @Test func `a limited number of calls wait for a connection`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            var options = options
            options.poolSize = 1
            options.maximumWaiters = 1
            options.acquireTimeout = .seconds(3600)
            options.statementTimeoutMilliseconds = 0
            let database = Database(options)
            let holder = Task { try await database.query("select pg_sleep(3600)") }
            try await until { database.pool.usage.lent == 1 }
            let waiter = Task { try await database.query("select 1") }
            try await until { database.pool.usage.waiting == 1 }
            let refused = await #expect(throws: PostgresError.self) { _ = try await database.query("select 1") }
            #expect(refused?.kind == .poolExhausted && refused?.isUnavailable == true)
            holder.cancel()
            #expect(try await waiter.value.count == 1)
            await database.close()
        }
    }

    @Test func `waiting for a connection has a limit`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            var options = options
            options.poolSize = 1
            options.acquireTimeout = .milliseconds(500)
            options.statementTimeoutMilliseconds = 0
            let database = Database(options)
            // The first connection may take longer than that.
            try await until { (try? await database.query("select 1")) != nil }
            let holder = Task { try await database.query("select pg_sleep(3600)") }
            try await until { database.pool.usage.lent == 1 }
            let late = await #expect(throws: PostgresError.self) { _ = try await database.query("select 1") }
            #expect(late?.kind == .poolExhausted && late?.isUnavailable == true)
            holder.cancel()
            await database.close()
        }
    }

    @Test func `broken connections are replaced`() async throws {
        try await TestDatabase.with(as: .owner) { options in
            let database = Database(options)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { _ = try await database.query("select pg_sleep(0.05)") } }
                try await group.waitForAll()
            }
            let other = Database(options)
            _ = try await other.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
            )
            try await until {
                try await other.query(
                    "select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
                ).isEmpty
            }
            // A server that is being ended may leave its list before its socket closes: a statement sent in between fails.
            try await until { (try? await database.query("select 7").row().get(0, as: Int64.self)) == 7 }
            await other.close()
            await database.close()
        }
    }
}
