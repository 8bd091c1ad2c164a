import CPNG

extension QRCode {
    /// The code as SVG, including the quiet zone; it scales to its container.
    public var svg: String { svg(moduleSize: 8) }

    /// Returns the code as SVG with this many pixels per module if nothing else sets its size.
    public func svg(moduleSize: Int) -> String {
        precondition((1...100).contains(moduleSize), "a module is 1 to 100 pixels wide")
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
        let shown = size * moduleSize
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size) \(size)" width="\(shown)" height="\(shown)" \
            shape-rendering="crispEdges" role="img" aria-label="VietQR"><path fill="#fff" d="M0,0h\(size)v\(size)h-\(size)z"/>\
            <path fill="#000" d="\(path)"/></svg>
            """
    }

    /// Returns the code as a greyscale PNG with this many pixels per module (1 to 64), including the quiet zone.
    public func png(scale: Int = 8) -> [UInt8] {
        precondition((1...64).contains(scale), "a module is 1 to 64 pixels wide")
        let size = (side + 2 * QRCode.quietZone) * scale
        var pixels: [UInt8] = []
        pixels.reserveCapacity(size * size)
        for y in -QRCode.quietZone..<(side + QRCode.quietZone) {
            var row: [UInt8] = []
            row.reserveCapacity(size)
            for x in -QRCode.quietZone..<(side + QRCode.quietZone) {
                row.append(contentsOf: repeatElement(isDark(x, y) ? 0 : 255, count: scale))
            }
            for _ in 0..<scale { pixels.append(contentsOf: row) }
        }
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(size)
        image.height = png_uint_32(size)
        image.format = 0  // PNG_FORMAT_GRAY, a macro with a cast, which Swift cannot import.
        var bytes = [UInt8](repeating: 0, count: 4096)
        var length = bytes.count
        // Sets the required length if the first guess is too short; a second call then succeeds.
        var isWritten = png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil) != 0
        if !isWritten {
            bytes = [UInt8](repeating: 0, count: length)
            isWritten = png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil) != 0
        }
        precondition(isWritten, "libpng could not write a picture in memory")
        return Array(bytes.prefix(length))
    }

    /// The code for a terminal, two modules per character, black on white regardless of the terminal's colours.
    public var terminal: String {
        lines { line in
            "\u{1B}[38;5;16;48;5;231m\(line)\u{1B}[0m"
        } character: { upper, lower in
            switch (upper, lower) {
            case (true, true): "█"
            case (true, false): "▀"
            case (false, true): "▄"
            case (false, false): " "
            }
        }
    }

    /// The code for a terminal without colour support that shows light text on dark: the light modules are drawn.
    public var plainTerminal: String {
        lines {
            $0
        } character: { upper, lower in
            switch (upper, lower) {
            case (true, true): " "
            case (true, false): "▄"
            case (false, true): "▀"
            case (false, false): "█"
            }
        }
    }

    private func lines(
        _ line: (String) -> String,
        character: (_ upper: Bool, _ lower: Bool) -> Character
    ) -> String {
        let zone = QRCode.quietZone
        return stride(from: -zone, to: side + zone, by: 2).map { y in
            line(String((-zone..<(side + zone)).map { x in character(isDark(x, y), isDark(x, y + 1)) }))
        }.joined(separator: "\n")
    }
}
