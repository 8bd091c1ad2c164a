import Collection
import Identity
import Values

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
                            word.age($0) + ": " + word.refusal(one.lastFailure ?? "")
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
