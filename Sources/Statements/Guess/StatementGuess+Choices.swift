import Values

extension StatementGuess {
    /// Takes what somebody says that each column is, in the place of what was guessed.
    ///
    /// - Parameter choices: the meanings of each column, by its place from 0; a column without any is not read.
    /// - Throws: if two columns are said to be the same, or a column is none of the table's.
    public mutating func take(_ choices: [Int: [StatementMapping.Column]]) throws(StatementMapping.Failure) {
        var taken: [StatementMapping.Column: Int] = [:]
        for (place, meanings) in choices.sorted(by: { $0.key < $1.key }) {
            for column in meanings {
                guard headings.indices.contains(place) else {
                    throw StatementMapping.Failure(
                        member: "columns.\(column.rawValue)",
                        reason: Phrase(
                            vi: "là cột \(place + 1), còn bảng chỉ có \(headings.count) cột",
                            en: "is column \(place + 1), and the table has only \(headings.count)"
                        )
                    )
                }
                if let other = taken[column] {
                    throw StatementMapping.Failure(
                        member: "columns.\(column.rawValue)",
                        reason: Phrase(
                            vi: "được chọn cho hai cột, \(other + 1) và \(place + 1): chỉ một cột được là như vậy",
                            en: "is chosen for two columns, \(other + 1) and \(place + 1): only one can be it"
                        )
                    )
                }
                taken[column] = place
            }
        }
        columns = taken
    }
}
