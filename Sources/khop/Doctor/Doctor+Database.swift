import Collection
import Foundation
import Migrations
import Postgres
import Values

extension Doctor {
    /// A clock that is off by more is told of: times of payments and sessions are judged by it.
    private static let mostSeconds: Int64 = 2
    /// What was committed longer ago and is not sealed is told of.
    private static let sealSeconds: Int64 = 300

    /// Whether the database answers, is of this program, and gives it no more than it needs.
    func databaseFindings() async -> [Finding] {
        let database: Database
        do {
            // As it is: khop's own cluster is not started for a check.
            database = Database(
                DatabaseOptions(url: try settings.databaseURL(as: .service, startsCluster: false))
            )
        } catch { return [Doctor.unreachable(error)] }
        var findings: [Finding] = []
        do {
            let before = Instant.now()
            let theirs = try await DatabaseSigns.clock(of: database)
            findings.append(.ok("database", Phrase(vi: "cơ sở dữ liệu trả lời", en: "the database answers")))
            findings.append(Doctor.clock(before, theirs, .now()))
            findings.append(await mode(of: database))
            findings.append(await Doctor.schema(database))
            findings.append(await Doctor.rights(database))
            if findings.allSatisfy({ $0.level == .ok || $0.name == "clock" }) {
                findings.append(try await Doctor.seals(database))
                findings.append(try await secrets(database))
                findings += try await InstallationSigns.read(database).findings(now: .now())
                findings += Doctor.receipts(try await ReceiptProviders.waiting(database), now: .now())
                let signs = try await MessageSigns.read(database, channels: settings.messaging.channels)
                findings += Doctor.messages(signs, now: .now())
                findings += await standbyFindings(database)
            }
        } catch {
            findings.append(Doctor.unreachable(error))
        }
        await database.close()
        return findings
    }

    /// Whether the key of this installation opens what the database keeps sealed.
    private func secrets(_ database: Database) async throws -> Finding {
        let name = "secrets"
        let advice = Phrase(
            vi: "đặt đúng KHOP_SECRET_KEY_FILE của cài đặt cũ, hoặc chạy `khop connection reseal`",
            en: "set KHOP_SECRET_KEY_FILE to the key of the installation it came from, or run `khop connection reseal`"
        )
        // A check makes no key: without one there is nothing to try.
        if let path = settings.secretKeyPath, !FileManager.default.fileExists(atPath: path) {
            return .unknown(
                name,
                Phrase(vi: "chưa có khóa bí mật \(path)", en: "there is no secret key \(path) yet"),
                advice: advice
            )
        }
        let connections = Connections(database, box: try settings.secretBox())
        if let reason = await Readiness(database, connections: connections).notReady() {
            return .wrong(name, reason, advice: advice)
        }
        return .ok(name, Phrase(vi: "khóa mở được các bí mật đã lưu", en: "the key opens the stored secrets"))
    }

    /// Whether the database is of a live or of a test installation, and of the one that the settings say.
    private func mode(of database: Database) async -> Finding {
        do {
            try await settings.mode.require(of: database, allowsNone: true)
        } catch {
            return .wrong(
                "mode",
                ServiceError(unexpected: error).phrase,
                advice: Phrase(
                    vi: "KHOP_MODE và KHOP_DATABASE_URL phải là của cùng một môi trường",
                    en: "KHOP_MODE and KHOP_DATABASE_URL have to be of one and the same installation"
                )
            )
        }
        return .ok("mode", DatabaseCommand.words(settings.mode))
    }

    private static func unreachable(_ error: any Error) -> Finding {
        .wrong(
            "database",
            Phrase(vi: "không nối được cơ sở dữ liệu: ", en: "the database cannot be reached: ").followed(
                by: "\(error)"
            ),
            advice: Phrase(
                vi: "kiểm tra KHOP_DATABASE_URL và PostgreSQL",
                en: "check KHOP_DATABASE_URL and PostgreSQL"
            )
        )
    }

    static func clock(_ before: Instant, _ theirs: Instant, _ after: Instant) -> Finding {
        // The question took some time, during which their clock was read.
        let early = before.microseconds - theirs.microseconds
        let late = theirs.microseconds - after.microseconds
        let seconds = max(early, late, 0) / 1_000_000
        guard seconds > mostSeconds else {
            return .ok(
                "clock",
                Phrase(vi: "đồng hồ khớp với cơ sở dữ liệu", en: "the clock agrees with the database's")
            )
        }
        return .wrong(
            "clock",
            Phrase(
                vi: "đồng hồ lệch cơ sở dữ liệu \(seconds) giây",
                en: "the clock differs from the database's by \(seconds) seconds"
            ),
            advice: Phrase(vi: "bật NTP (chrony) trên cả hai máy", en: "run NTP (chrony) on both machines")
        )
    }

    private static func schema(_ database: Database) async -> Finding {
        do {
            if let newer = try await Migrations.migrator.verify(database) {
                return .weak(
                    "migrations",
                    Phrase(
                        vi: "cơ sở dữ liệu là của phiên bản mới hơn (tệp bảng \(newer)), bản này vẫn được dùng tiếp",
                        en: "the database is a newer program's (migration \(newer)), after which this one may go on"
                    ),
                    advice: Phrase(
                        vi: "chuyển mọi máy chủ sang bản mới: docs/operations.md, Upgrading",
                        en: "move every server to the newer program: docs/operations.md, Upgrading"
                    )
                )
            }
            return .ok("migrations", Phrase(vi: "cấu trúc đúng của phiên bản này", en: "the schema is this version's"))
        } catch {
            let found = (error as? MigrationError)?.phrase ?? Phrase(same: "\(error)")
            return .wrong(
                "migrations",
                found,
                advice: Phrase(vi: "chạy `khop migrate`", en: "run `khop migrate`")
            )
        }
    }

    private static func rights(_ database: Database) async -> Finding {
        do {
            try await Migrations.migrator.verifyRights(database)
            return .ok(
                "rights",
                Phrase(vi: "vai trò của dịch vụ không sở hữu gì", en: "the service's role owns nothing")
            )
        } catch {
            let found = (error as? MigrationError)?.phrase ?? Phrase(same: "\(error)")
            return .wrong(
                "rights",
                found,
                advice: Phrase(
                    vi: "nối bằng vai trò khop_app; xem ops/deploy/roles.sql",
                    en: "connect as khop_app; see ops/deploy/roles.sql"
                )
            )
        }
    }

    /// Whether what was committed is sealed soon.
    private static func seals(_ database: Database) async throws -> Finding {
        let oldest = try await DatabaseSigns.oldestUnsealed(in: database)
        guard let oldest, oldest < Instant.now().adding(seconds: -sealSeconds) else {
            return .ok("seals", Phrase(vi: "lịch sử được niêm phong kịp thời", en: "the history is sealed in time"))
        }
        return .wrong(
            "seals",
            Phrase(
                vi: "có bản ghi từ \(oldest) chưa niêm phong",
                en: "what was recorded since \(oldest) is not sealed"
            ),
            advice: Phrase(
                vi: "dịch vụ có chạy không? xem khop_seal_failures_total, hoặc chạy `khop seal now`",
                en: "does the service run? see khop_seal_failures_total, or run `khop seal now`"
            )
        )
    }
}
