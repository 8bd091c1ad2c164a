/// A text in pieces, of which those are marked that differ from another text.
struct Marked: Sendable {
    struct Piece: Sendable, Hashable {
        let text: String
        let differs: Bool
    }

    let pieces: [Piece]

    /// Marks what of a text is not in another, in its order. Texts beyond 300 characters are not compared.
    init(_ text: String, against other: String?) {
        guard let other, text.count <= 300, other.count <= 300 else {
            pieces = [Piece(text: text, differs: false)]
            return
        }
        let characters = Array(text)
        var differing: Set<Int> = []
        for change in characters.difference(from: Array(other)) {
            if case .insert(let offset, _, _) = change { differing.insert(offset) }
        }
        var pieces: [Piece] = []
        var run = ""
        var isRunMarked = false
        for (index, character) in characters.enumerated() {
            let differs = differing.contains(index)
            if differs != isRunMarked, !run.isEmpty {
                pieces.append(Piece(text: run, differs: isRunMarked))
                run = ""
            }
            isRunMarked = differs
            run.append(character)
        }
        if !run.isEmpty { pieces.append(Piece(text: run, differs: isRunMarked)) }
        self.pieces = pieces
    }

    /// A code with the characters marked that the nearest place in a memo has otherwise; unmarked if no place is near.
    ///
    /// Where people copied a code by hand, the place differs from it by a character or two.
    init(code: String, nearIn memo: String) {
        let letters = Array(memo.uppercased().filter { $0.isLetter || $0.isNumber }.prefix(300))
        let wanted = Array(code)
        var best: (distance: Int, differing: Set<Int>)?
        if letters.count + 2 >= wanted.count {
            for start in 0...max(0, letters.count - wanted.count) {
                let window = letters[start..<min(letters.count, start + wanted.count)]
                var differing: Set<Int> = []
                for (index, letter) in wanted.enumerated() {
                    let place = window.startIndex + index
                    if place >= window.endIndex || window[place] != letter { differing.insert(index) }
                }
                if differing.count < best?.distance ?? .max { best = (differing.count, differing) }
            }
        }
        guard let best, best.distance <= wanted.count / 4 else {
            pieces = [Piece(text: code, differs: false)]
            return
        }
        pieces = wanted.enumerated().map { Piece(text: String($1), differs: best.differing.contains($0)) }
    }
}
