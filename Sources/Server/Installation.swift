public import Values

/// What an installation says of itself on the pages for payers.
public struct Installation: Sendable {
    /// A picture that stands beside the name.
    public struct Mark: Sendable {
        /// `image/svg+xml` or `image/png`.
        public let contentType: String
        public let bytes: [UInt8]

        /// The largest picture, in bytes: the page is read over slow networks.
        public static let maximumBytes = 20_480

        /// Reads a picture by its first bytes; `nil` if it is neither SVG nor PNG, or too large.
        public init?(_ bytes: [UInt8]) {
            guard bytes.count <= Mark.maximumBytes else { return nil }
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
                contentType = "image/png"
            } else if String(decoding: bytes.prefix(1000), as: UTF8.self).contains("<svg") {
                contentType = "image/svg+xml"
            } else {
                return nil
            }
            self.bytes = bytes
        }
    }

    /// Whether payment pages lead to the apps of banks by dl.vietqr.io, which then learns of it.
    public enum BankApps: String, Sendable, CaseIterable {
        case off
        /// The app alone is opened: the third party learns which bank somebody has.
        case open
        /// Account, amount and note go along, for the apps that fill them in: the third party learns those too.
        case fill
    }

    /// The name of the province or the portal; `nil` for Khớp's own.
    public var name: Phrase?
    public var mark: Mark?
    /// The telephone number that payers call; `nil` if there is none.
    public var helpPhone: String?
    public var bankApps = BankApps.off
    /// The origins, such as `https://dichvucong.example.vn`, whose pages may hold a payment page in a frame.
    public var frameOrigins: [String] = []

    public init() {}
}
