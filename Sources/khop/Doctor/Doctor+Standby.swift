import Collection
import Postgres
import Values

extension Doctor {
    /// How far behind the standby is that reports are read from; nothing where none is named.
    func standbyFindings(_ primary: Database) async -> [Finding] {
        let named: StandbyOptions?
        do { named = try settings.standby(beside: primary.pool.options) } catch {
            return [Doctor.standbyAway("\(error)")]
        }
        guard let named else { return [] }
        let reading = ReadDatabase(primary, standby: named)
        let standing = await reading.look()
        await reading.close()
        return standing.map { [Doctor.standbyFinding($0, mostSeconds: settings.readMostLagSeconds)] } ?? []
    }

    static func standbyFinding(_ standing: StandbyStanding, mostSeconds: Int) -> Finding {
        let name = "standby"
        switch standing {
        case .near(let asOf, let lag):
            let seconds = "\(lag.components.seconds).\(lag.components.attoseconds / 100_000_000_000_000_000)"
            return .ok(
                name,
                Phrase(
                    vi: "báo cáo đọc ở bản sao, số liệu đến \(asOf.formattedToTheSecond) (chậm \(seconds) giây)",
                    en: "reports are read from a standby, as of \(asOf.formattedToTheSecond) (\(seconds) s behind)"
                )
            )
        case .behind(let since, let bytes):
            return .wrong(
                name,
                Phrase(
                    vi: "bản sao chậm hơn \(mostSeconds) giây, thiếu \(bytes) byte log"
                        + (since.map { ", số liệu đến \($0.formattedToTheSecond)" } ?? "")
                        + ": báo cáo đọc ở máy chính",
                    en: "the standby is more than \(mostSeconds) s behind and lacks \(bytes) bytes of the log"
                        + (since.map { ", as of \($0.formattedToTheSecond)" } ?? "")
                        + ": reports are read from the primary"
                ),
                advice: Phrase(
                    vi: "xem mạng, đĩa và pg_wal_replay_pause của bản sao: docs/operations.md, KhopReportsOnPrimary",
                    en:
                        "look at its network, its disk and pg_wal_replay_pause: docs/operations.md, KhopReportsOnPrimary"
                )
            )
        case .away(let error): return standbyAway(error)
        case .isPrimary:
            return .wrong(
                name,
                Phrase(
                    vi: "KHOP_READ_DATABASE_URL dẫn đến máy chính: báo cáo không đọc ở bản sao nào",
                    en: "KHOP_READ_DATABASE_URL leads to the primary: reports are read from no standby"
                ),
                advice: Phrase(
                    vi: "nêu các bản sao, thêm target_session_attrs=standby",
                    en: "name the standbys, with target_session_attrs=standby"
                )
            )
        }
    }

    private static func standbyAway(_ error: String) -> Finding {
        .wrong(
            "standby",
            Phrase(
                vi: "không nối được bản sao, báo cáo đọc ở máy chính: ",
                en: "the standby cannot be reached, reports are read from the primary: "
            ).followed(by: error),
            advice: Phrase(
                vi: "kiểm tra KHOP_READ_DATABASE_URL và máy bản sao",
                en: "check KHOP_READ_DATABASE_URL and the machine of the standby"
            )
        )
    }
}
