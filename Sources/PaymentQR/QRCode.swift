import CQREncode

/// The modules of a QR code: level M, bytes, the smallest size that holds the text.
public struct QRCode: Sendable {
    /// Modules a side.
    public let side: Int
    private let dark: [Bool]
    /// Light modules around the code that readers need (ISO/IEC 18004).
    public static let quietZone = 4

    /// `nil` where the text is empty or longer than a QR code holds, 2,331 bytes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        dark = (0..<(side * side)).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Whether a module is dark; outside the code all are light.
    public func isDark(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < side && y < side && dark[y * side + x]
    }
}
