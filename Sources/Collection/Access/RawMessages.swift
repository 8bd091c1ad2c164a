import Cryptography
import Postgres
import Synchronization
package import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Seals callbacks as they were received, headers and body, before they are written down.
///
/// Each month has a key of its own (`raw_key`), which is sealed under the service's key: when that changes, these few are
/// sealed again and not the messages. A sealed message begins with its month.
package final class RawMessages: Sendable {
    /// A message as it was received.
    package struct Message: Sendable, Hashable {
        /// As ``ReceivedHeaders`` writes them: no NUL is in them.
        package let headers: String
        package let body: [UInt8]

        package init(headers: String, body: [UInt8]) {
            self.headers = headers
            self.body = body
        }
    }

    /// Seals the messages of one month.
    package struct Sealer: Sendable {
        fileprivate let month: Int32
        fileprivate let key: SealingKey

        package func seal(_ message: Message) -> [UInt8] {
            var plain = Array(message.headers.utf8)
            plain.append(0)
            plain += message.body
            return RawMessages.prefix(month) + key.seal(plain, bound: RawMessages.prefix(month))
        }
    }

    private let database: Database
    private let box: SecretBox
    private let known = Mutex<[Int32: SealingKey]>([:])
    /// Keys that are being made or read: the first callbacks of a month come all at once, and one question is enough.
    private let asked = Mutex<[Int32: Task<SealingKey, any Error>]>([:])

    init(_ database: Database, box: SecretBox) {
        self.database = database
        self.box = box
    }

    /// Seals with the key of the month in which `now` is; makes it if it is the first to need it.
    package func sealer(at now: Instant) async throws -> Sealer {
        let month = RawMessages.month(of: now.day)
        if let key = known.withLock({ $0[month] }) { return Sealer(month: month, key: key) }
        let task = asked.withLock { asked in
            let task = asked[month] ?? Task { try await self.made(month) }
            asked[month] = task
            return task
        }
        defer { asked.withLock { $0[month] = $0[month] == task ? nil : $0[month] } }
        return Sealer(month: month, key: try await task.value)
    }

    /// The key of a month, which is made if nobody has made it.
    private func made(_ month: Int32) async throws -> SealingKey {
        let text = SecretBox.newKeyBase64()
        _ = try await database.query(
            """
            insert into raw_key (month, sealed, key_id)
            values (\(month)::integer, \(Bytes(box.seal(text, for: RawMessages.binding(month)))), \(box.keyID))
            on conflict (month) do nothing
            """
        )
        guard let key = try await key(of: month) else {
            throw PostgresError.unreadable("the key of callbacks as received of month \(month) is missing")
        }
        return key
    }

    /// Opens a message; throws if its key is gone, is sealed under another key than the service's, or does not open it.
    package func open(_ sealed: [UInt8]) async throws -> Message {
        let month = sealed.prefix(4).reduce(Int32(0)) { $0 << 8 | Int32($1) }
        guard let key = try await key(of: month),
            let plain = key.open(Array(sealed.dropFirst(4)), bound: RawMessages.prefix(month)),
            let end = plain.firstIndex(of: 0)
        else {
            throw ServiceError(
                .internalFailure,
                Phrase(
                    vi: "Không mở được bản gốc của callback: khóa của tháng đó đã bị xóa hoặc dữ liệu đã bị sửa.",
                    en: "The callback as received does not open: the key of its month is gone, or it was changed."
                )
            )
        }
        return Message(headers: String(decoding: plain[..<end], as: UTF8.self), body: Array(plain[(end + 1)...]))
    }

    private func key(of month: Int32) async throws -> SealingKey? {
        if let key = known.withLock({ $0[month] }) { return key }
        let row = try await database.query("select sealed from raw_key where month = \(month)::integer").first
        guard let sealed = try row?.get(0, as: Bytes.self) else { return nil }
        let text = try box.open(sealed.bytes, for: RawMessages.binding(month))
        guard let key = Data(base64Encoded: text).flatMap({ SealingKey(Array($0)) }) else { return nil }
        known.withLock { $0[month] = key }
        return key
    }

    /// Seals the keys that are under another key than the current one with that; returns how many.
    static func reseal(_ tx: borrowing Transaction, from old: SecretBox, to box: SecretBox) throws -> Int {
        let rows = try tx.query(
            """
            select month, sealed from raw_key
            where key_id = \(old.keyID) and key_id <> \(box.keyID) order by month for update
            """
        )
        for row in rows {
            let (month, sealed) = try row.decode(Int32.self, Bytes.self)
            let again = box.seal(try old.open(sealed.bytes, for: binding(month)), for: binding(month))
            try tx.query(
                """
                update raw_key set sealed = \(Bytes(again)), key_id = \(box.keyID) where month = \(month)::integer
                """
            )
        }
        return rows.count
    }

    /// The number of a day's month.
    static func month(of day: Day) -> Int32 {
        let (year, month, _) = day.components
        return Int32(year * 12 + month - 1)
    }

    private static func binding(_ month: Int32) -> String { "raw_key:\(month)" }

    private static func prefix(_ month: Int32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: month >> $0) }
    }
}
