import CPNG

extension QRCode {
    /// The code as SVG, quiet zone included; it scales to whatever it is put in.
    public var svg: String { svg(moduleSize: 8) }

    /// The code as SVG that is shown so many pixels a module where nothing else sizes it.
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

    /// The code as PNG in shades of grey, so many pixels a module (1 to 64), quiet zone included.
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
        image.format = 0  // PNG_FORMAT_GRAY: a macro with a cast, which Swift does not import.
        var bytes = [UInt8](repeating: 0, count: 4096)
        var length = bytes.count
        // Tells the length it needs where the first guess is too short; a second call then has room.
        var isWritten = png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil) != 0
        if !isWritten {
            bytes = [UInt8](repeating: 0, count: length)
            isWritten = png_image_write_to_memory(&image, &bytes, &length, 0, pixels, 0, nil) != 0
        }
        precondition(isWritten, "libpng could not write a picture in memory")
        return Array(bytes.prefix(length))
    }

    /// The code for a terminal, two modules a character, black on white whatever the terminal's colours.
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

    /// The code for a terminal without colours that writes light on dark: what is written is the light modules.
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
