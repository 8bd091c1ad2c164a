public import BankCallbacks
import Cryptography
import Postgres
public import Values

extension PlatformFiles {
    /// What an import would find of a file.
    public struct Preview: Sendable {
        public let shown: PlatformFileShown
        /// Whether the same file is there already; ``shown`` is then the one that is.
        public let isKnown: Bool

        public init(shown: PlatformFileShown, isKnown: Bool) { (self.shown, self.isKnown) = (shown, isKnown) }
    }

    /// Does all that an import does, and takes it back: nothing is stored, no case is opened, the platform is not asked.
    ///
    /// Parameters and errors are those of ``importFile(_:connection:day:name:layout:by:within:now:)``.
    public func preview(
        _ bytes: [UInt8],
        connection name: String,
        day: Day,
        name fileName: String,
        layout: PlatformFile.Layout = PlatformFile.Layout(),
        by person: Person,
        within accounts: [String]? = nil,
        now: Instant = .now()
    ) async throws -> Preview {
        let connection = try await connection(name, within: accounts)
        let hash = SHA256.hash(bytes)
        if let known = try await known(hash, connection.id) { return Preview(shown: known.shown, isKnown: true) }
        let file = try PlatformFiles.read(bytes, layout, of: day, now: now)
        let label = PlatformFiles.label(fileName, name, day)
        let shown = try await database.rehearsing { tx in
            try look(try PlatformFiles.store(file, hash, connection, day, label, person, now, tx), within: accounts, tx)
        }
        return Preview(shown: shown, isKnown: false)
    }

    /// The connections that files may be imported for, by their names in order.
    ///
    /// - Parameter accounts: the only ones whose connections count; `nil` for all.
    public func connectionNames(within accounts: [String]? = nil) async throws -> [String] {
        try await connections.list().filter { one in
            one.profile == CallbackProfile.nationalPlatform.rawValue && one.disabledAt == nil
                && (accounts?.contains(one.accountNumber) ?? true)
        }.map(\.name).sorted()
    }
}
