import Values

/// `t=…,v1=…,v1=…`: a timestamp and the signatures of version 1; other parts are ignored.
struct TimestampedHeader {
    let time: Int64
    /// The timestamp as written, which the signature covers.
    let timestamp: [UInt8]
    let codes: [[UInt8]]

    private static let maximumParts = 17

    init(_ value: String, name: String, unit: String) throws(CallbackRefusal) {
        var timestamps: [Substring] = []
        var codes: [[UInt8]] = []
        for part in value.split(separator: ",").prefix(TimestampedHeader.maximumParts) {
            var trimmed = part.drop { $0 == " " }
            while trimmed.last == " " { trimmed.removeLast() }
            if trimmed.hasPrefix("t=") { timestamps.append(trimmed.dropFirst(2)) }
            if trimmed.hasPrefix("v1="), let code = bytes(hex: trimmed.dropFirst(3)) { codes.append(code) }
        }
        guard timestamps.count == 1, let time = wholeNumber(timestamps[0]), !codes.isEmpty else {
            throw .unproved(
                .signatureMalformed,
                name,
                Phrase(vi: "phải có dạng t=<Unix \(unit)>,v1=<hex>", en: "must be like t=<Unix \(unit)>,v1=<hex>")
            )
        }
        self.time = time
        timestamp = Array(timestamps[0].utf8)
        self.codes = codes
    }
}
