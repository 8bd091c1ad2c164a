import BankCallbacks
import Collection
import Matching
import Postgres
import TestSupport
import Testing
import Values
import Workflow

/// The platform's daily file beside the books and the bank's statement, in the database.
@Suite struct PlatformFilesTests {
    private static func file(_ rows: [String], sum: Int64) -> [UInt8] {
        Array((rows + ["\(rows.count)|\(sum)|"]).joined(separator: "\n").utf8)
    }

    private static func row(
        _ code: String,
        _ transaction: String? = nil,
        _ amount: Int64 = 10_000,
        at: Instant = .now()
    )
        -> String
    {
        let digits = String(at.description.filter(\.isNumber).prefix(14))
        return "\(code)|\(transaction ?? ScriptedPlatform.transaction(code))|\(amount)|\(digits)|VCB|1"
    }

    private static func verdicts(_ shown: PlatformFileShown) -> [Reason.Code] { shown.findings.map(\.reason.code) }

    @Test func `payment, platform and bank agree, or each difference is a case until it is none`() async throws {
        try await PlatformDesk.with { world in
            let files = world.services.platform.files
            let today = Instant.now().day
            let agreeing = try await world.begin().code
            let unheard = try await world.begin().code
            let missing = try await world.begin().code
            for code in [agreeing, missing] { #expect(try await world.hear(world.platform.confirm(code)) != nil) }
            // In the morning: what is paid in the last hour of a day may be in the next day's file.
            try await world.services.database.scriptUnguarded(
                "update bank_notice set occurred_at = (booked_on + interval '9 hours') at time zone 'Asia/Ho_Chi_Minh'"
            )
            let bytes = Self.file(
                [Self.row(agreeing), Self.row(unheard), "RF18AAAABBBBCCCC0000|99|500||VCB|1", "broken"],
                sum: 20_500
            )
            let imported = try await files.importFile(bytes, connection: "dvc", day: today, name: "a.txt", by: .system)
            #expect(
                Self.verdicts(imported.shown)
                    == [
                        .platformBankAwaited, .platformRowUnheard, .platformRowUnknown, .platformRowUnreadable,
                        .platformRowMissing,
                    ]
            )
            let open = try await world.desk.cases("platform_difference")
            #expect(open.count == 4)
            let listed = try await files.list()
            #expect(listed.map(\.openCases) == [4])
            // The same file again is the same import, and nothing is doubled.
            let again = try await files.importFile(bytes, connection: "dvc", day: today, name: "b.txt", by: .system)
            #expect(again.isRepeated && again.shown.file.id == imported.shown.file.id)
            #expect(try await world.count("select count(*) from platform_row") == 4)
            try await files.compare(imported.shown.file.id)
            #expect(try await world.desk.cases("platform_difference").count == 4)
            // What was not heard is asked for at once.
            world.platform.say(.paid, of: unheard)
            #expect(try await world.ask(at: .now().adding(seconds: 1)) >= 1)
            let later = try await files.compare(imported.shown.file.id)
            #expect(Self.verdicts(later)[1] == .platformBankAwaited)
            #expect(try await world.desk.cases("platform_difference").count == 3)
            #expect(try await world.desk.cases("platform_difference", state: "closed").count == 1)
            // The platform's corrected file has all.
            let corrected = Self.file([agreeing, unheard, missing].map { Self.row($0) }, sum: 30_000)
            let last = try await files.importFile(corrected, connection: "dvc", day: today, name: "c.txt", by: .system)
            #expect(last.shown.findings.allSatisfy { $0.verdict == .waits } && last.shown.file.turn == 2)
            #expect(try await world.desk.cases("platform_difference").isEmpty)
            let first = try await files.show(imported.shown.file.id)
            #expect(!first.file.isLast)
            try await world.desk.expectCleanBooks()
        }
    }

    @Test func `the bank's statement is the third: what it shows agrees, what it lacks has its case`() async throws {
        try await PlatformDesk.with { world in
            let today = Instant.now().day
            let (shown, lacking) = (try await world.begin().code, try await world.begin().code)
            for code in [shown, lacking] { #expect(try await world.hear(world.platform.confirm(code)) != nil) }
            let bytes = Self.file([Self.row(shown), Self.row(lacking)], sum: 20_000)
            let id = try await world.services.platform.files
                .importFile(bytes, connection: "dvc", day: today, name: "", by: .system).shown.file.id
            var lines = StatementLines()
            lines.add(ScriptedPlatform.transaction(shown), 10_000, "CK \(shown) THANH TOAN HO SO")
            _ = try await lines.imported(into: world.desk)
            func reconcile(through day: Day) async throws {
                _ = try await world.services.reconciliation.run(account: world.desk.account, through: day, by: .system)
            }
            try await reconcile(through: today)
            let compared = try await world.services.platform.files.compare(id)
            #expect(Self.verdicts(compared) == [.platformAgrees, .platformBankAwaited])
            try await reconcile(through: today.adding(days: 9))
            let missing = try await world.services.platform.files.compare(id)
            #expect(Self.verdicts(missing) == [.platformAgrees, .platformBankMissing])
            // Its case is that of the reconciliation with the bank.
            #expect(try await world.desk.cases("platform_difference").isEmpty)
            #expect(try await world.desk.cases("missing_at_bank").count == 1)
            let (_, text) = try await world.services.platform.files.answer(id, by: .system)
            #expect(text.contains("|matched|platform_agrees\n") && text.contains("|unmatched|platform_bank_missing\n"))
            #expect(text.hasSuffix("\n2|20000|\n"))
        }
    }

    @Test func `files in the wrong order, of yesterday, cut off, or no files are seen for what they are`() async throws
    {
        try await PlatformDesk.with { world in
            let files = world.services.platform.files
            let now = Instant.now()
            let (today, yesterday) = (now.day, now.day.adding(days: -1))
            let code = try await world.begin().code
            #expect(try await world.hear(world.platform.confirm(code)) != nil)
            let row = Self.row(code)
            func refusal(_ bytes: [UInt8], _ day: Day) async -> String? {
                do {
                    _ = try await files.importFile(bytes, connection: "dvc", day: day, name: "", by: .system)
                    return nil
                } catch let error as ServiceError { return error.text(in: .english) } catch { return "\(error)" }
            }
            let own = Self.file([row], sum: 10_000)
            #expect(await refusal(own, yesterday)?.contains("No row of the file is of") == true)
            #expect(await refusal(own, today.adding(days: 1))?.contains("today") == true)
            #expect(await refusal(Array(own.dropLast(3)), today)?.contains("changed or damaged") == true)
            #expect(await refusal(Array("<html>".utf8), today) != nil)
            #expect(try await world.count("select count(*) from platform_file") == 0)
            // Today's before yesterday's, which repeats a row of it.
            #expect(await refusal(own, today) == nil)
            let before = Self.row(code, "OLD", at: yesterday.start.adding(seconds: 3600))
            let repeated = Self.file([before, row], sum: 20_000)
            #expect(await refusal(repeated, yesterday) == nil)
            let again = try await files.list()
            #expect(again.map(\.day) == [yesterday, today])
            // Each is what it was said to be: the later file now repeats the earlier one's row.
            let shown = try await files.compare(again[1].id)
            #expect(Self.verdicts(shown) == [.platformRowRepeated])
            func refused(_ query: Query) async throws -> Bool {
                do {
                    _ = try await world.services.database.asOwner(query)
                    return false
                } catch is PostgresError { return true }
            }
            #expect(try await refused("update platform_row set amount = 1"))
            #expect(try await refused("delete from platform_file"))
        }
    }
}
