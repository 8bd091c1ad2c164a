extension CreditorReference {
    /// Memos are looked at so far; no bank sends more.
    public static let maximumMemoBytes = 2000

    /// Finds our references in a memo, whatever the bank did to it: lower case, spaces, dots, dashes or line ends
    /// anywhere, glued to other text, several in one memo. Each one once, in the order they stand.
    ///
    /// Only candidates whose check digits hold come back; whether one exists is for the caller to look up.
    public static func candidates(in memo: some StringProtocol) -> [CreditorReference] {
        if let found = memo.utf8.withContiguousStorageIfAvailable(search) { return found }
        return candidates(inBytes: Array(memo.utf8.prefix(maximumMemoBytes)))
    }

    /// The same over UTF-8 bytes, for readers that have made no string of them. Bytes that are no ASCII letter or digit
    /// count as separators.
    public static func candidates(inBytes memo: some Collection<UInt8>) -> [CreditorReference] {
        if let found = memo.withContiguousStorageIfAvailable(search) { return found }
        return Array(memo.prefix(maximumMemoBytes)).withUnsafeBufferPointer(search)
    }

    /// Looks for an R, and tries to read a reference from there on; a memo without one costs a look at each byte.
    private static func search(_ memo: UnsafeBufferPointer<UInt8>) -> [CreditorReference] {
        let memo = UnsafeBufferPointer(rebasing: memo.prefix(maximumMemoBytes))
        var found: [CreditorReference] = []
        for start in memo.indices where memo[start] | 0x20 == UInt8(ascii: "r") {
            guard let reference = read(memo, from: start), !found.contains(reference) else { continue }
            found.append(reference)
        }
        return found
    }

    /// Reads the sixteen letters and digits from an R on, whatever stands between them; `nil` where they are no reference
    /// of ours.
    private static func read(_ memo: UnsafeBufferPointer<UInt8>, from start: Int) -> CreditorReference? {
        var letters: (high: UInt64, low: UInt64) = (0, 0)
        var count = 0
        // The check runs over the body first and the head last, so the head's remainder is carried beside it.
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
        // R and F are two digits each, and the check digits two more: the head moves the body on by six places.
        guard count == length, (body * 1_000_000 + head) % 97 == 1, isCheck(head % 100) else { return nil }
        return CreditorReference(trusted: String(decoding: text(letters), as: UTF8.self))
    }

    private static func text(_ letters: (high: UInt64, low: UInt64)) -> [UInt8] {
        (0..<16).map { place in
            UInt8(truncatingIfNeeded: (place < 8 ? letters.high : letters.low) >> UInt64(56 - 8 * (place & 7)))
        }
    }

    private static let separator: UInt8 = 0xFF
    /// Set for letters that our own references do not use.
    private static let foreign: UInt8 = 0x40
    private static let valueMask: UInt8 = 0x3F

    /// What each byte is: its value (0–9, 10–35) with the mark ``foreign`` where it applies, or a separator.
    private static let kinds: [UInt8] = (0..<256).map { byte in
        let byte = UInt8(byte)
        guard let value = value(ofCapital: capital(byte)) else { return separator }
        return UInt8(value) | (alphabet.contains(capital(byte)) ? 0 : foreign)
    }
}
