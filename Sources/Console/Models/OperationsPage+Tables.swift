import Collection
import Identity
import Values
import Workflow

extension OperationsPage {
    private static func table(
        _ name: String,
        _ columns: [String],
        _ rows: [(head: String, badge: Badge?, cells: [String])],
        empty: String
    ) -> Table {
        Table(
            name: name,
            columns: columns,
            rows: rows.map { row in
                Table.Row(
                    head: row.head,
                    badge: row.badge,
                    cells: zip(columns.dropFirst(), row.cells).map { Table.Cell(label: $0, text: $1) }
                )
            },
            isEmpty: rows.isEmpty,
            empty: empty
        )
    }

    static func connections(_ all: [Connections.Listed], _ word: Wording) -> Table {
        table(
            word(vi: "Kết nối ngân hàng", en: "Bank connections"),
            [
                word(vi: "Kết nối", en: "Connection"), word(vi: "Tài khoản", en: "Account"),
                word(vi: "Báo có gần nhất", en: "Last callback"), word(vi: "Bị từ chối", en: "Refused"),
                word(vi: "Lần từ chối gần nhất", en: "Last refusal"),
            ],
            all.map { one in
                let failsNow = one.lastFailureAt.map { $0 > one.lastUsedAt ?? Instant(microseconds: 0) } ?? false
                let badge: Badge? =
                    one.disabledAt != nil
                    ? Badge(word(vi: "đã tắt", en: "disabled"), .plain)
                    : failsNow ? Badge(word(vi: "đang từ chối", en: "refusing"), .warn) : nil
                return (
                    one.name + " · " + one.profile, badge,
                    [
                        one.accountNumber, one.lastUsedAt.map { word.age($0) } ?? "—", word.number(one.refused),
                        one.lastFailureAt.map {
                            word.age($0) + ": " + word[Vocabulary.outcome[one.lastFailure ?? ""]]
                        } ?? "—",
                    ]
                )
            },
            empty: word(vi: "Chưa có kết nối nào: `khop connection add`.", en: "None yet: `khop connection add`.")
        )
    }

    static func endpoints(_ all: [EventEndpoint], _ word: Wording) -> Table {
        table(
            word(vi: "Nơi nhận sự kiện", en: "Event endpoints"),
            [
                word(vi: "Nơi nhận", en: "Endpoint"), word(vi: "Địa chỉ", en: "Address"),
                word(vi: "Giao gần nhất", en: "Last delivery"), word(vi: "Đang chờ", en: "Pending"),
                word(vi: "Đã bỏ", en: "Given up"),
            ],
            all.map { one in
                let badge: Badge? =
                    one.disabledAt != nil
                    ? Badge(word(vi: "đã tắt", en: "disabled"), .plain)
                    : one.consecutiveFailures > 0
                        ? Badge(
                            word(vi: "\(one.consecutiveFailures) lần lỗi", en: "\(one.consecutiveFailures) failures"),
                            .warn
                        )
                        : nil
                return (
                    one.name, badge,
                    [
                        one.url, one.lastSuccessAt.map { word.age($0) } ?? "—", word.number(one.pending),
                        word.number(one.dead),
                    ]
                )
            },
            empty: word(vi: "Chưa có nơi nhận nào.", en: "There are none.")
        )
    }

    static func persons(_ all: [KnownPerson], _ word: Wording) -> Table {
        table(
            word(vi: "Người dùng", en: "Persons"),
            [word(vi: "Người dùng", en: "Person"), word(vi: "Thư", en: "E-mail"), word(vi: "Vai trò", en: "Roles")],
            all.map { one in
                let badge: Badge? =
                    one.disabledAt != nil
                    ? Badge(word(vi: "đã khóa", en: "disabled"), .plain)
                    : one.isReady ? nil : Badge(word(vi: "chưa nhận lời mời", en: "invited"), .wait)
                let roles = one.roles.map { held in
                    word[held.grant.role.words] + (held.grant.localityCode.map { " · " + $0 } ?? "")
                        + (held.until.map { word(vi: " đến ", en: " until ") + $0.formatted } ?? "")
                }
                return (one.name, badge, [one.email, roles.joined(separator: "; ")])
            },
            empty: word(vi: "Chưa có ai: `khop person add`.", en: "Nobody yet: `khop person add`.")
        )
    }

    static func keys(_ all: [APIKeys.Listed], _ word: Wording) -> Table {
        table(
            word(vi: "Khóa API", en: "API keys"),
            [
                word(vi: "Khóa", en: "Key"), word(vi: "Vai trò", en: "Role"),
                word(vi: "Dùng lần cuối", en: "Last used"),
                word(vi: "Hết hạn", en: "Expires"),
            ],
            all.map { one in
                let soon = one.expiresAt < word.now.adding(seconds: 30 * 86_400)
                let badge: Badge? =
                    one.revokedAt != nil
                    ? Badge(word(vi: "đã thu hồi", en: "revoked"), .plain)
                    : one.expiresAt < word.now
                        ? Badge(word(vi: "đã hết hạn", en: "expired"), .plain)
                        : soon ? Badge(word(vi: "sắp hết hạn", en: "expires soon"), .warn) : nil
                return (
                    one.caller.name, badge,
                    [
                        word[one.grant.role.words] + (one.grant.localityCode.map { " · " + $0 } ?? ""),
                        one.lastUsedAt.map { word.age($0) + (one.lastUsedFrom.map { " · " + $0 } ?? "") } ?? "—",
                        one.expiresAt.formatted,
                    ]
                )
            },
            empty: word(vi: "Chưa có khóa nào: `khop key create`.", en: "None yet: `khop key create`.")
        )
    }

    static func versions(_ all: [JSON], _ word: Wording) -> Table {
        table(
            word(vi: "Danh mục", en: "Catalogue"),
            [
                word(vi: "Phiên bản", en: "Version"), word(vi: "Nhập lúc", en: "Imported"),
                word(vi: "Người nhập", en: "By"),
            ],
            all.map { one in
                (
                    String(one["version"]?.integer ?? 0), nil,
                    [
                        one["imported_at"]?.string.flatMap { Instant($0) }?.formatted ?? "",
                        one["imported_by"]?.string ?? "",
                    ]
                )
            },
            empty: word(vi: "Chưa có danh mục: `khop catalogue import`.", en: "None yet: `khop catalogue import`.")
        )
    }
}
