extension MemoDoctor {
    /// Where a reference fits a memo best, and how well.
    struct Alignment {
        private(set) var tenths = 0
        /// Of the memo's letters.
        private(set) var range = 0..<0
        private(set) var agreeing = [Bool](repeating: false, count: CreditorReference.length)
        private(set) var distance = 0

        /// What a character that agrees is worth, by its place in the reference: RF is in all of them, 97 pairs of check digits
        /// are 6,6 bits, 32 letters are 5 less what it costs that few are damaged.
        private static let worth = [1, 1, 33, 33] + [Int](repeating: 49, count: 12)
        /// What one that is another, lost, or too much takes away.
        private static let loss = [10, 10] + [Int](repeating: 50, count: 14)
        private static let surplus = 50

        /// How the best way to a cell came.
        private enum Step: UInt8 { case none, both, lost, surplus }

        init(_ reference: [UInt8], _ letters: [UInt8]) {
            let (height, width) = (reference.count, letters.count)
            var before = [Int](repeating: 0, count: width + 1)
            var steps = [Step](repeating: .none, count: (height + 1) * (width + 1))
            var best = (tenths: 0, row: 0, column: 0)
            for row in 1...height {
                var now = [Int](repeating: 0, count: width + 1)
                let (worth, loss, own) = (Self.worth[row - 1], Self.loss[row - 1], reference[row - 1])
                for column in 1...width {
                    var (value, step) = (before[column - 1] + (letters[column - 1] == own ? worth : -loss), Step.both)
                    if before[column] - loss > value { (value, step) = (before[column] - loss, .lost) }
                    if now[column - 1] - Self.surplus > value {
                        (value, step) = (now[column - 1] - Self.surplus, .surplus)
                    }
                    guard value > 0 else { continue }
                    now[column] = value
                    steps[row * (width + 1) + column] = step
                    if value > best.tenths { best = (value, row, column) }
                }
                before = now
            }
            tenths = best.tenths
            walkBack(steps, reference, letters, from: (best.row, best.column))
        }

        private mutating func walkBack(
            _ steps: [Step],
            _ reference: [UInt8],
            _ letters: [UInt8],
            from end: (row: Int, column: Int)
        ) {
            var (row, column) = end
            var within = 0
            // What is cut off after the last that agrees.
            distance = reference.count - row
            while row > 0, column > 0 {
                switch steps[row * (letters.count + 1) + column] {
                case .none:
                    distance += row + within
                    range = column..<end.column
                    return
                case .both:
                    let agrees = reference[row - 1] == letters[column - 1]
                    agreeing[row - 1] = agrees
                    if !agrees { within += 1 }
                    (row, column) = (row - 1, column - 1)
                case .lost:
                    within += 1
                    row -= 1
                case .surplus:
                    within += 1
                    column -= 1
                }
            }
            distance += row + within
            range = column..<end.column
        }
    }
}
