public import Values

/// Why a statement is not undone.
extension Reason {
    /// - Parameter at: when it was undone.
    public static func statementUndone(_ statement: Int64, by person: String, at: Instant) -> Reason {
        Reason(.statementUndone, [.statementID: .count(statement), .actor: .text(person), .at: .instant(at)])
    }

    /// - Parameter day: the first signed day that the statement is part of: one of its own, or a later one.
    public static func undoDaySigned(_ statement: Int64, day: Day, by signer: String) -> Reason {
        Reason(.undoDaySigned, [.statementID: .count(statement), .day: .day(day), .actor: .text(signer)])
    }

    /// - Parameter lines: the lines that a person confirmed or turned down.
    public static func undoLinesDecided(_ statement: Int64, lines: Int) -> Reason {
        Reason(.undoLinesDecided, [.statementID: .count(statement), .lines: .count(Int64(lines))])
    }

    /// - Parameters:
    ///   - cases: the number of the cases of its lines that a person has worked on.
    ///   - first: the id of the first one.
    public static func undoCasesDecided(_ statement: Int64, cases: Int, first: Int64) -> Reason {
        Reason(
            .undoCasesDecided,
            [.statementID: .count(statement), .cases: .count(Int64(cases)), .caseID: .count(first)]
        )
    }

    /// - Parameter notices: the callbacks whose money its lines had brought.
    public static func undoNoticesCame(_ statement: Int64, notices: Int) -> Reason {
        Reason(.undoNoticesCame, [.statementID: .count(statement), .count: .count(Int64(notices))])
    }

    /// - Parameters:
    ///   - requests: the number of the requests paid by its lines that have changed since.
    ///   - first: the reference of the first one.
    public static func undoRequestsChanged(_ statement: Int64, requests: Int, first: String) -> Reason {
        Reason(
            .undoRequestsChanged,
            [.statementID: .count(statement), .requests: .count(Int64(requests)), .reference: .text(first)]
        )
    }

    /// - Parameter other: the latest statement whose lines were judged by what this one brought.
    public static func undoStatementBuilds(_ statement: Int64, other: Int64) -> Reason {
        Reason(.undoStatementBuilds, [.statementID: .count(statement), .otherStatement: .count(other)])
    }
}
