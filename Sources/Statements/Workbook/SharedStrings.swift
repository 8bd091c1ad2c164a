/// The texts of a workbook, to which cells refer by number.
final class SharedStrings: XMLReceiver {
    private(set) var texts: [String] = []
    /// Whether there are more texts than may be held in memory.
    private(set) var isTooLarge = false
    private var current: [UInt8] = []
    private var path: [String] = []
    private var bytes = 0

    private static let maximumTexts = 5_000_000
    private static let maximumBytes = 256 << 20

    func begin(_ name: String, _ attributes: XMLAttributes, line: Int) { path.append(name) }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        // `si/t`, or `si/r/t` for text in several fonts; `rPh/t` is its pronunciation.
        guard path.last == "t", !path.contains("rPh"), !isTooLarge else { return }
        self.bytes += bytes.count
        guard self.bytes <= Self.maximumBytes else {
            isTooLarge = true
            return
        }
        current.append(contentsOf: bytes)
    }

    func end() {
        guard path.popLast() == "si", !isTooLarge else { return }
        texts.append(String(decoding: current, as: UTF8.self))
        current.removeAll(keepingCapacity: true)
        isTooLarge = texts.count > Self.maximumTexts
    }
}
