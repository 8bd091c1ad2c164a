import Foundation
import Postgres
import TestSupport
import Testing
import Values

/// Where reading work goes, with a real standby.
@Suite struct ReadDatabaseTests {
    private static func withPair(
        mostLag: Duration = .seconds(2),
        _ body: (ClusterPair, _ owner: Database, ReadDatabase) async throws -> Void
    ) async throws {
        try await ClusterPair.with { pair in
            let owner = Database(DatabaseOptions(url: pair.primary.url(database: "khop", as: .owner)))
            let primary = Database(pair.options)
            let reading = ReadDatabase(primary, standby: StandbyOptions(pair.standbyOptions, mostLag: mostLag))
            let result: Result<Void, any Error>
            do {
                _ = try await owner.query("create table thing (id bigint)")
                _ = try await owner.query("grant select on thing to khop_app")
                result = .success(try await body(pair, owner, reading))
            } catch { result = .failure(error) }
            await reading.close()
            await primary.close()
            await owner.close()
            try result.get()
        }
    }

    /// Whether a server that is no primary answered, and how many things it knows.
    private static func ask(_ reading: ReadDatabase) async throws -> (isStandby: Bool, count: Int64) {
        let found = try await reading.read { tx in
            try tx.query("select pg_is_in_recovery(), (select count(*) from thing)").row().decode(Bool.self, Int64.self)
        }
        // What it says of itself is what the server says.
        #expect(found.isFromStandby == found.value.0)
        return found.value
    }

    @Test func `reads go to a standby that is near, and to the primary while it is behind or gone`() async throws {
        try await Self.withPair { pair, owner, reading in
            try await until("it is read from the standby") { try await Self.ask(reading).isStandby }
            _ = try await owner.query("insert into thing values (1)")
            try await until("the standby knows it") { try await Self.ask(reading) == (true, 1) }

            try await pair.pause(true)
            _ = try await owner.query("insert into thing values (2)")
            try await until("it is too far behind") { try await !Self.ask(reading).isStandby }
            #expect(try await Self.ask(reading) == (false, 2))
            guard case .behind(_, let bytes) = await reading.look() else {
                Issue.record("a standby that stands still is told to be near")
                return
            }
            #expect(bytes > 0)

            try await pair.pause(false)
            try await until("it is read from the standby again") { try await Self.ask(reading) == (true, 2) }

            try await pair.killStandby()
            _ = try await owner.query("insert into thing values (3)")
            #expect(try await Self.ask(reading) == (false, 3))
            guard case .away = await reading.look() else {
                Issue.record("a standby that is dead is told to be there")
                return
            }
        }
    }

    @Test func `what was committed before the moment that a read names is in it`() async throws {
        try await Self.withPair { pair, owner, reading in
            for number in 1...100 {
                let committed = try await owner.query(
                    "insert into thing values (\(Int64(number))) returning 1"
                ).count
                #expect(committed == 1)
                let before = Instant.now()
                let found = try await reading.read {
                    try $0.query("select max(id) from thing").row().get(0, as: Int64?.self)
                }
                #expect(found.asOf < before || found.value == Int64(number), "as of \(found.asOf), asked at \(before)")
            }
            // A second later at most the mark is newer than the last commit.
            let last = Instant.now()
            try await until("a read is as of now") { try await reading.read { _ in true }.asOf >= last }
            let found = try await reading.read {
                try $0.query("select max(id) from thing").row().get(0, as: Int64?.self)
            }
            #expect(found.value == 100)
        }
    }

    @Test func `a standby on a quiet night is not behind`() async throws {
        let bound = Duration.seconds(3)
        try await Self.withPair(mostLag: bound) { _, _, reading in
            // Longer than the bound without a commit: if the age of the last commit were taken for a lag,
            // the standby would never be near again.
            let start = ContinuousClock.now
            try await until("it is near, though nothing was committed") {
                guard case .near(_, let lag) = await reading.look(), lag <= bound else { return false }
                return ContinuousClock.now - start > bound + .seconds(1)
            }
        }
    }

    @Test func `a standby that hangs is left alone`() async throws {
        try await Self.withPair(mostLag: .seconds(60)) { pair, owner, reading in
            try await until("it is near") { await reading.look()?.isUsed == true }
            let superuser = Database(DatabaseOptions(url: pair.standby.url(database: "khop", as: .superuser)))
            let process = try await superuser.query(
                "select pid from pg_stat_activity where application_name = 'khop lookout'"
            ).row().get(0, as: Int32.self)
            await superuser.close()
            #expect(try await Self.ask(reading).isStandby)
            #expect(kill(process, SIGSTOP) == 0)
            let look = Task { await reading.look() }
            try await until("the look hangs") { try await !Self.ask(reading).isStandby }
            #expect(kill(process, SIGCONT) == 0)
            #expect(await look.value?.isUsed == true)
            #expect(try await Self.ask(reading).isStandby)
        }
    }

    @Test func `a primary in the place of the standby is told apart`() async throws {
        try await TestDatabase.with { options in
            let primary = Database(options)
            let reading = ReadDatabase(primary, standby: StandbyOptions(options, mostLag: .seconds(10)))
            #expect(await reading.look() == .isPrimary)
            let isThere = try await reading.read { _ in true }.isFromStandby
            #expect(!isThere)
            let alone = ReadDatabase(primary)
            #expect(await alone.look() == nil)
            let isAlone = try await alone.read { _ in true }.isFromStandby
            #expect(!isAlone)
            await reading.close()
            await primary.close()
        }
    }
}
