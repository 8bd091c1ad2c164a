import Cryptography
public import Values

/// What we send to the national payment platform (version 1.0.6): its signed fields in their order.
///
/// `MaXacThuc` is the SHA-256 of the values joined with `|`, the partner's secret last. `|` is not escaped, so that no value
/// may have one.
public struct PlatformMessage: Sendable {
    /// The version of the protocol.
    public static let version = "1.0.6"

    private let fields: [(name: String, value: String)]

    private init?(_ fields: [(name: String, value: String)]) {
        guard fields.allSatisfy({ !$0.value.contains("|") }) else { return nil }
        self.fields = fields
    }

    /// INIT: begins a payment; `nil` if a value has a `|`.
    ///
    /// - Parameters:
    ///   - code: MaThamChieu, 20 letters and digits: one known system cuts what is longer.
    ///   - words: what the payer and the bank read.
    ///   - address: of the network that the payer comes from.
    public static func start(
        partner: String,
        code: String,
        amount: Money,
        words: String,
        at time: Instant,
        address: String
    ) -> PlatformMessage? {
        PlatformMessage([
            ("LoaiBanTin", "INIT"), ("PhienBan", version), ("MaDoiTac", partner), ("MaThamChieu", code),
            ("SoTien", amount.description), ("LoaiHinhThanhToan", "PAY"), ("MaKenhThanhToan", "1"), ("MaThietBi", "1"),
            ("NgonNgu", "vi-VN"), ("MaTienTe", "VND"), ("MaNganHang", "PAYMENT"), ("ThongTinGiaoDich", words),
            ("ThoiGianGD", time.compactDigits), ("Ip", address),
        ])
    }

    /// QUERY: asks what became of a payment that was begun at a time.
    public static func query(partner: String, code: String, begunAt: Instant) -> PlatformMessage? {
        named("QUERY", partner, code, begunAt)
    }

    /// GET_BILL: asks for the receipt of a payment.
    ///
    /// - Parameter time: of its CONFIRM, as one known system sends it; another sends that of INIT.
    public static func bill(partner: String, code: String, at time: Instant) -> PlatformMessage? {
        named("GET_BILL", partner, code, time)
    }

    private static func named(_ kind: String, _ partner: String, _ code: String, _ time: Instant) -> PlatformMessage? {
        PlatformMessage([
            ("LoaiBanTin", kind), ("PhienBan", version), ("MaDoiTac", partner), ("MaThamChieu", code),
            ("ThoiGianGD", time.compactDigits),
        ])
    }

    /// The text that is hashed, without the secret.
    public var signedText: String { fields.map(\.value).joined(separator: "|") }

    /// The message as it is sent: all values as text, amounts too.
    ///
    /// - Parameter unsigned: what is sent beside and not signed, such as the block of the receipt.
    public func body(_ secret: CallbackSecret, unsigned: [(name: String, value: JSON)] = []) -> JSON {
        let proof = secret.key.withBytes { key in
            hexadecimal(SHA256.hash(SignatureScheme.SecretPlace.last("|").glue(key, to: Array(signedText.utf8))))
        }
        return .object(
            fields.map { JSON.Member($0.name, .string($0.value)) } + [.init("MaXacThuc", .string(proof))]
                + unsigned.map { JSON.Member($0.name, $0.value) }
        )
    }
}
