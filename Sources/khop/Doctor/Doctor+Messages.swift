import Casework
import Collection
import Values

extension Doctor {
    /// Whether payers who asked to be told are told; nothing where nobody asked and nothing is configured.
    static func messages(_ signs: MessageSigns, now: Instant) -> [Finding] {
        let name = "messages"
        guard signs.lacking.isEmpty else {
            let channels = signs.lacking.map(\.words)
            return [
                .wrong(
                    name,
                    Phrase(
                        vi: "có tin chờ gửi mà chưa cấu hình: " + channels.map(\.vietnamese).joined(separator: ", "),
                        en: "messages wait and nothing is configured that sends them: "
                            + channels.map(\.english).joined(separator: ", ")
                    ),
                    advice: Phrase(
                        vi: "đặt KHOP_MAIL_SERVER, KHOP_SMS_ADAPTER hoặc KHOP_ZALO_ADAPTER; xem docs/messages.md",
                        en: "set KHOP_MAIL_SERVER, KHOP_SMS_ADAPTER or KHOP_ZALO_ADAPTER; see docs/messages.md"
                    )
                )
            ]
        }
        if signs.dead + signs.unknown > 0 {
            return [
                .weak(
                    name,
                    Phrase(
                        vi: "trong bảy ngày: \(signs.dead) tin không gửi được, \(signs.unknown) tin không rõ đã đến",
                        en: "in seven days: \(signs.dead) messages given up, \(signs.unknown) that may have arrived"
                    ),
                    advice: Phrase(
                        vi: "xem `khop message list --state dead` và `khop message send-test`",
                        en: "see `khop message list --state dead` and `khop message send-test`"
                    )
                )
            ]
        }
        guard !signs.channels.isEmpty else { return [] }
        return [.ok(name, Phrase(vi: "tin cho người nộp được gửi", en: "payers who asked are told"))]
    }
}
