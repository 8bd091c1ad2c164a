extension CreditorReference {
    /// The part of a memo that is searched; no bank sends more.
    public static let maximumMemoBytes = 2000

    /// Finds our references in a memo, even in lowercase, with spaces, dots, dashes or line breaks anywhere, joined to
    /// other text, or several in one memo. Returns each one once, in order of appearance.
    ///
    /// Returns only candidates with valid check digits; the caller must look up whether they exist.
    public static func candidates(in memo: some StringProtocol) -> [CreditorReference] {
        if let found = memo.utf8.withContiguousStorageIfAvailable(search) { return found }
        return candidates(inBytes: Array(memo.utf8.prefix(maximumMemoBytes)))
    }

    /// The same for UTF-8 bytes, which avoids creating a string. Bytes other than ASCII letters and digits count as
    /// separators.
    public static func candidates(inBytes memo: some Collection<UInt8>) -> [CreditorReference] {
        if let found = memo.withContiguousStorageIfAvailable(search) { return found }
        return Array(memo.prefix(maximumMemoBytes)).withUnsafeBufferPointer(search)
    }

    /// Tries to read a reference from each R on; a memo without an R is scanned only once.
    private static func search(_ memo: UnsafeBufferPointer<UInt8>) -> [CreditorReference] {
        let memo = UnsafeBufferPointer(rebasing: memo.prefix(maximumMemoBytes))
        var found: [CreditorReference] = []
        for start in memo.indices where memo[start] | 0x20 == UInt8(ascii: "r") {
            guard let reference = read(memo, from: start), !found.contains(reference) else { continue }
            found.append(reference)
        }
        return found
    }

    /// Reads sixteen letters and digits from an R on, with any separators in between; returns `nil` if they are not one
    /// of our references.
    private static func read(_ memo: UnsafeBufferPointer<UInt8>, from start: Int) -> CreditorReference? {
        var letters: (high: UInt64, low: UInt64) = (0, 0)
        var count = 0
        // The check digits cover the body first and the head last, so the head's remainder is kept separately.
        var head = 0
        var body = 0
        for byte in memo[start...] {
            let kind = kinds[Int(byte)]
            if kind == separator { continue }
            let value = Int(kind & valueMask)
            switch count {
            case 0: head = value
            case 1:
                guard value == 15 else { return nil }
                head = head * 100 + value
            case 2, 3:
                guard value < 10 else { return nil }
                head = head * 10 + value
            default:
                guard kind & foreign == 0 else { return nil }
                body = (body * (value < 10 ? 10 : 100) + value) % 97
            }
            let capital = UInt64(value < 10 ? value + 48 : value + 55)
            if count < 8 {
                letters.high = letters.high << 8 | capital
            } else {
                letters.low = letters.low << 8 | capital
            }
            count += 1
            if count == length { break }
        }
        // R and F become two digits each, plus two check digits: the head shifts the body by six places.
        guard count == length, (body * 1_000_000 + head) % 97 == 1, isCheck(head % 100) else { return nil }
        return CreditorReference(trusted: String(decoding: text(letters), as: UTF8.self))
    }

    private static func text(_ letters: (high: UInt64, low: UInt64)) -> [UInt8] {
        (0..<16).map { place in
            UInt8(truncatingIfNeeded: (place < 8 ? letters.high : letters.low) >> UInt64(56 - 8 * (place & 7)))
        }
    }

    private static let separator: UInt8 = 0xFF
    /// Marks letters that our references do not use.
    private static let foreign: UInt8 = 0x40
    private static let valueMask: UInt8 = 0x3F

    /// The value of each byte (0–9, 10–35), marked ``foreign`` if applicable, or a separator.
    private static let kinds: [UInt8] = (0..<256).map { byte in
        let byte = UInt8(byte)
        guard let value = value(ofCapital: capital(byte)) else { return separator }
        return UInt8(value) | (alphabet.contains(capital(byte)) ? 0 : foreign)
    }
}
