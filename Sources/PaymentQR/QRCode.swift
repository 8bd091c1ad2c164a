import CPNG
import CQREncode

/// The modules of a QR code: level M, bytes, the smallest size that holds the text.
public struct QRCode: Sendable {
    /// Modules a side.
    public let side: Int
    private let dark: [Bool]
    /// Light modules around the code that readers need (ISO/IEC 18004).
    public static let quietZone = 4

    /// `nil` where the text is empty or longer than a QR code holds.
    public init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        dark = (0..<(side * side)).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// Whether a module is dark; outside the code all are light.
    public func isDark(_ x: Int, _ y: Int) -> Bool {
        x >= 0 && y >= 0 && x < side && y < side && dark[y * side + x]
    }

    /// The code as SVG, one unit a module, quiet zone included; it scales to whatever it is put in.
    public var svg: String {
        let size = side + 2 * QRCode.quietZone
        var path = ""
        for y in 0..<side {
            var x = 0
            while x < side {
                guard isDark(x, y) else {
                    x += 1
                    continue
                }
                let start = x
                while isDark(x, y) { x += 1 }
                path += "M\(start + QRCode.quietZone),\(y + QRCode.quietZone)h\(x - start)v1h-\(x - start)z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" width="\(size * 8)" height="\(size * 8)" \
            shape-rendering="crispEdges" role="img" aria-label="VietQR"><path fill="#fff" d="M0,0h\(size)v\(size)h-\(size)z"/>\
            <path fill="#000" d="\(path)"/></svg>
            """
    }

    /// The code as PNG in shades of grey, so many pixels a module, quiet zone included.
    public func png(scale: Int = 8) -> [UInt8] {
        let size = (side + 2 * QRCode.quietZone) * scale
        var pixels = [UInt8](repeating: 255, count: size * size)
        for y in 0..<size {
            for x in 0..<size where isDark(x / scale - QRCode.quietZone, y / scale - QRCode.quietZone) {
                pixels[y * size + x] = 0
            }
        }
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(size)
        image.height = png_uint_32(size)
        image.format = 0  // PNG_FORMAT_GRAY: a macro with a cast, which Swift does not import.
        var length = 0
        guard png_image_write_to_memory(&image, nil, &length, 0, pixels, 0, nil) != 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: length)
        guard png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil) != 0 else { return [] }
        return Array(bytes.prefix(length))
    }

    /// The code for a terminal, two modules a character, black on white whatever the terminal's colours.
    public var terminal: String {
        let zone = 2
        var lines: [String] = []
        for y in stride(from: -zone, to: side + zone, by: 2) {
            var line = "\u{1B}[38;5;16;48;5;231m"
            for x in -zone..<(side + zone) {
                switch (isDark(x, y), isDark(x, y + 1)) {
                case (true, true): line += "█"
                case (true, false): line += "▀"
                case (false, true): line += "▄"
                case (false, false): line += " "
                }
            }
            lines.append(line + "\u{1B}[0m")
        }
        return lines.joined(separator: "\n")
    }
}
