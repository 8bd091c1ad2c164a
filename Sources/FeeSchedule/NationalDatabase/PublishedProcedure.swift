/// A procedure as the national database of procedures publishes it (the service LayThuTuc, or an export of its answers).
public struct PublishedProcedure: Sendable, Hashable {
    /// The way in which a dossier comes (`KENH`).
    public enum Way: String, Sendable, CaseIterable {
        case counter = "1"
        case online = "2"
        case post = "3"
    }

    /// One price of one way.
    public struct Fee: Sendable, Hashable {
        public let way: Way
        /// By `MAPHILEPHI`: 1 a fee (phí), 2 a charge (lệ phí); `nil` for anything else.
        public let kind: FeeKind?
        public let price: PublishedPrice

        public init(way: Way, kind: FeeKind?, price: PublishedPrice) {
            (self.way, self.kind, self.price) = (way, kind, price)
        }
    }

    /// National, without a suffix: `1.004222`.
    public let code: String
    public let name: String
    /// Whether it is in force (`TRANGTHAI` 1).
    public let isPublic: Bool
    public let fees: [Fee]

    public init(code: String, name: String, isPublic: Bool, fees: [Fee]) {
        (self.code, self.name, self.isPublic, self.fees) = (code, name, isPublic, fees)
    }
}
