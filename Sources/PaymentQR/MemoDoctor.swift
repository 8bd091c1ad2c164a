/// Which of our references a memo may have meant although it holds none as it was given out: cut at either end, letters lost or
/// doubled, O for 0 and I for 1, accents, line breaks, a bank's own words around and within.
///
/// Each reference is laid along the memo where it fits best (local alignment, Smith and Waterman 1981). What fits is weighed in
/// bits: a character of the body that agrees by chance does so once in 32 times and so brings 5 bits, a check digit 3,3, and what
/// all references share nothing; what differs takes as much away. To be proof it must be worth so much more than the references
/// and places there are to choose from that a chance likeness is expected once in a million memos. Nothing is applied by itself.
public struct MemoDoctor: Sendable {
    /// The letters and digits of the memo as references write them.
    private let letters: [UInt8]
    /// Which character of the memo each comes from.
    private let places: [Int]

    /// More of a memo is not looked at; banks send at most 210 characters.
    public static let maximumLetters = 400
    /// From how many references one is told, at most: the open requests of an account in a month, and some.
    private static let references = 1 << 17
    /// How many letters in a row at least a memo must have left of a reference to be compared with it.
    public static let gramLength = 4

    public init(_ memo: String) {
        var (letters, places): ([UInt8], [Int]) = ([], [])
        for (place, character) in memo.enumerated() {
            guard letters.count < MemoDoctor.maximumLetters else { break }
            guard let folded = character.folded, let byte = folded.asciiValue, let letter = MemoDoctor.letter(byte)
            else {
                continue
            }
            letters.append(letter)
            places.append(place)
        }
        (self.letters, self.places) = (letters, places)
    }

    /// As references write it: in capitals, and for the letters that they do not have, what people take for them.
    private static func letter(_ byte: UInt8) -> UInt8? {
        switch capital(byte) {
        case UInt8(ascii: "O"): UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
        case UInt8(ascii: "U"): UInt8(ascii: "V")
        case let letter: value(ofCapital: letter) == nil ? nil : letter
        }
    }

    /// All runs of ``gramLength`` letters of the memo, each once: a reference whose body has none of them is not worth looking at.
    public var grams: [String] {
        guard letters.count >= MemoDoctor.gramLength else { return [] }
        var seen: Set<String> = []
        return (0...(letters.count - MemoDoctor.gramLength)).compactMap { start in
            let gram = String(decoding: letters[start..<(start + MemoDoctor.gramLength)], as: UTF8.self)
            return seen.insert(gram).inserted ? gram : nil
        }
    }

    /// Those of the references that the memo may have meant, the likeliest first; each once.
    ///
    /// - Parameter references: of ours; others are left out.
    public func findings(among references: some Sequence<String>) -> [MemoFinding] {
        guard !letters.isEmpty else { return [] }
        let chance = MemoDoctor.logarithm(letters.count * MemoDoctor.references)
        var found: [(at: Range<Int>, finding: MemoFinding)] = []
        for reference in Set(references) where reference.utf8.count == CreditorReference.length {
            let fit = Alignment(Array(reference.utf8), letters)
            guard fit.tenths > chance, let from = fit.range.first, let through = fit.range.last else { continue }
            let finding = MemoFinding(
                reference: reference,
                tenthsOfBits: fit.tenths - chance,
                agreeing: fit.agreeing,
                distance: fit.distance,
                characters: places[from]..<(places[through] + 1)
            )
            found.append((fit.range, finding))
        }
        found.sort {
            ($0.finding.tenthsOfBits, $1.finding.reference) > ($1.finding.tenthsOfBits, $0.finding.reference)
        }
        return found.map { one in
            var finding = one.finding
            for other in found where other.finding.reference != finding.reference && other.at.overlaps(one.at) {
                let lead = other.finding.tenthsOfBits - finding.tenthsOfBits
                // What fits nearly as well in the same place takes the proof away, and what fits much better the likelihood.
                if lead > -MemoFinding.leadTenths { finding.isAlone = false }
                if lead >= MemoFinding.leadTenths { finding.isOutdone = true }
            }
            return finding
        }
    }

    /// In tenths of bits, rounded up.
    private static func logarithm(_ count: Int) -> Int {
        let bits = Int.bitWidth - 1 - count.leadingZeroBitCount
        // Between two powers of two the logarithm lies above the straight line by less than a tenth.
        return bits * 10 + (count - 1 << bits) * 10 / (1 << bits) + 1
    }
}
