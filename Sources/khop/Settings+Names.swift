import Collection
import Foundation
import Values

extension Settings {
    /// Every name that configures khop; one that is not here is refused, for a misspelt name would be ignored in silence.
    static let names: [String] = [
        "KHOP_BACKUP_MARKER", "KHOP_BANK_APP_LINKS", "KHOP_CATALOGUE_PROPOSALS_ONLY", "KHOP_CONFIG_FILE",
        "KHOP_DATABASE_UNVERIFIED",
        "KHOP_DATABASE_URL",
        "KHOP_EVENT_LOOPBACK", "KHOP_EVENT_NETWORKS", "KHOP_FRAME_ORIGINS", "KHOP_GRACE_SECONDS",
        "KHOP_HELP_PHONE", "KHOP_HOME", "KHOP_HOST", "KHOP_LANG", "KHOP_LIMIT_ATTEMPTS_PER_MINUTE",
        "KHOP_LIMIT_PAGES_PER_MINUTE",
        "KHOP_LIMIT_PERSON_PER_MINUTE", "KHOP_LIMIT_PROGRAM_PER_MINUTE", "KHOP_LOG_FORMAT", "KHOP_LOG_LEVEL",
        "KHOP_OTLP_URL", "KHOP_SLOW_STATEMENT_MS",
        "KHOP_MAIL_AUTHORITIES", "KHOP_MAIL_FROM", "KHOP_MAIL_PASSWORD_FILE", "KHOP_MAIL_SERVER", "KHOP_MAIL_USERNAME",
        "KHOP_MAXIMUM_OPEN_PAGES", "KHOP_MAXIMUM_OPEN_PAGES_PER_ADDRESS", "KHOP_MAXIMUM_OPEN_REQUESTS",
        "KHOP_MAXIMUM_STATEMENTS_PER_DAY", "KHOP_METRICS_HOST", "KHOP_METRICS_PORT",
        "KHOP_MODE", "KHOP_NIGHT", "KHOP_OIDC_ACR", "KHOP_OIDC_CLIENT_ID", "KHOP_OIDC_CLIENT_SECRET",
        "KHOP_OIDC_CLIENT_SECRET_FILE", "KHOP_OIDC_ISSUER",
        "KHOP_OWNER_DATABASE_URL", "KHOP_POOL_SIZE", "KHOP_PORT", "KHOP_PROVINCE_MARK_FILE",
        "KHOP_PROVINCE_NAME", "KHOP_PROVINCE_NAME_EN", "KHOP_PUBLIC_URL", "KHOP_QUIET_HOURS",
        "KHOP_READ_DATABASE_URL", "KHOP_READ_MOST_LAG_SECONDS", "KHOP_RECONCILE_AFTER_MINUTES",
        "KHOP_RECEIPT_CERTIFICATE", "KHOP_RECEIPT_KEY", "KHOP_RECONCILE_AT", "KHOP_RETENTION_ANSWER_DAYS",
        "KHOP_RETENTION_BOOK_YEARS", "KHOP_RETENTION_CONTACT_DAYS", "KHOP_RETENTION_RAW_DAYS",
        "KHOP_RETENTION_SESSION_DAYS", "KHOP_SEAL_FOLDER", "KHOP_SEAL_FORMER_KEYS", "KHOP_SEAL_KEY_FILE",
        "KHOP_SEAL_WITNESS_URL",
        "KHOP_SECRET_KEY",
        "KHOP_SECRET_KEY_FILE", "KHOP_SESSION_FILE", "KHOP_SMS_ADAPTER", "KHOP_STATEMENT_MAPPINGS",
        "KHOP_TRUSTED_PROXIES", "KHOP_ZALO_ADAPTER",
    ]

    /// What the project's own tools are told, and the program does not read.
    private static let toolPrefixes = ["KHOP_TEST_", "KHOP_BENCH_", "KHOP_CHAOS_", "KHOP_SEED", "KHOP_WORLDS"]

    /// Throws for a name in the environment or the configuration file that configures nothing.
    static func checkNames(_ environment: [String: String], file path: String?) throws {
        var found = environment.keys.sorted()
        if let path {
            let text: String
            do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
                throw ServiceError(.invalidParameter, at: "KHOP_CONFIG_FILE", .unreadableFile(path))
            }
            found += text.split(separator: "\n").compactMap { line in
                let name = line.split(separator: "=", maxSplits: 1).first.map { $0.trimming() } ?? ""
                return name.hasPrefix("#") ? nil : name.replacing("export ", with: "").trimming()
            }
        }
        for name in found where name.hasPrefix("KHOP_") && !names.contains(name) {
            guard !toolPrefixes.contains(where: { name.hasPrefix($0) }) else { continue }
            throw ServiceError(.invalidParameter, at: name, unknown(name))
        }
    }

    private static func unknown(_ name: String) -> Phrase {
        let nearest = names.map { (name: $0, distance: distance(name, $0)) }.min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= 3 else {
            return Phrase(
                vi: "không có cấu hình nào mang tên này; xem các tên bằng `khop --help`",
                en: "nothing is configured by this name; `khop --help` lists the names"
            )
        }
        return Phrase(
            vi: "không có cấu hình nào mang tên này; có phải là \(nearest.name) không?",
            en: "nothing is configured by this name; did you mean \(nearest.name)?"
        )
    }

    /// How many letters are to be changed, added or taken away to make one text of the other (Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let changed = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }

    /// Throws unless an address can stand at the beginning of a link: whole, and over TLS unless it is this machine's.
    static func checkPublicURL(_ text: String) throws {
        guard let url = WebAddress(text), !url.hasQuery, !url.hasFragment else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_PUBLIC_URL",
                Phrase(
                    vi: "\(text) không phải là địa chỉ đầy đủ: viết dạng https://pay.example.vn",
                    en: "\(text) is not a whole address: write it as https://pay.example.vn"
                )
            )
        }
        guard url.isSecure || url.isLoopback else {
            throw ServiceError(
                .invalidParameter,
                at: "KHOP_PUBLIC_URL",
                Phrase(
                    vi:
                        "\(text) không có TLS: người nộp chỉ được vào qua https://…; http chỉ dùng cho chính máy này. Xem docs/operations.md, mục proxy",
                    en:
                        "\(text) is without TLS: payers come by https://… alone; http is for this machine. See docs/operations.md, proxies"
                )
            )
        }
    }

    /// Networks and addresses, separated by commas.
    static func networks(_ text: String?, _ name: String) throws -> [IPRange] {
        try (text ?? "").split(separator: ",").map { part in
            guard let range = IPRange(part.trimming()) else {
                throw ServiceError(
                    .invalidParameter,
                    at: name,
                    Phrase(
                        vi: "“\(part.trimming().prefix(60))” không phải là địa chỉ hoặc mạng, như 10.0.0.0/8",
                        en: "“\(part.trimming().prefix(60))” is neither an address nor a network, such as 10.0.0.0/8"
                    )
                )
            }
            return range
        }
    }
}
