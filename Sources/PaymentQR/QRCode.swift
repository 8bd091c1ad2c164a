import CQREncode

/// The modules of a QR code: error correction level M, byte mode, the smallest size that fits the text.
public struct QRCode: Sendable {
    /// The number of modules per side.
    public let side: Int
    private let dark: [Bool]
    /// The width of the light border that readers need (ISO/IEC 18004), in modules.
    public static let quietZone = 4

    /// Returns `nil` if the text is empty or longer than fits a QR code, 2,331 bytes.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        dark = (0..<(side * side)).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Whether a module is dark; all modules outside the code are light.
    public func isDark(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < side && y < side && dark[y * side + x]
    }
}
