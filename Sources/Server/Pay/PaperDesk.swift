import Collection
import Documents
import Synchronization
import Values

/// Draws papers one after the other: each takes a processor for some milliseconds, and settlements need processors too.
actor PaperDesk {
    /// How many may wait; further ones are told to come again.
    private static let maximumWaiting = 50
    private nonisolated let waiting = Mutex(0)

    /// Draws when it is its turn; throws `overloaded` if too many wait.
    nonisolated func draw(_ papers: PayPapers, _ paper: Paper) async throws -> [UInt8] {
        try await inTurn { try await drawn(papers, paper) }
    }

    /// Draws a document when it is its turn; throws `overloaded` if too many wait.
    nonisolated func draw(_ document: Document) async throws -> [UInt8] {
        try await inTurn { try await drawn(document) }
    }

    private nonisolated func inTurn(_ work: () async throws -> [UInt8]) async throws -> [UInt8] {
        let isTaken = waiting.withLock { waiting in
            guard waiting < PaperDesk.maximumWaiting else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { throw ServiceError.busyDrawing }
        defer { waiting.withLock { $0 -= 1 } }
        return try await work()
    }

    private func drawn(_ document: Document) throws -> [UInt8] { try document.pdf() }

    enum Paper {
        case picture, notice
    }

    private func drawn(_ papers: PayPapers, _ paper: Paper) throws -> [UInt8] {
        switch paper {
        case .picture: try papers.picture()
        case .notice: try papers.notice()
        }
    }
}

extension ServiceError {
    fileprivate static let busyDrawing = ServiceError(
        .overloaded,
        Phrase(
            vi: "Đang có quá nhiều người lấy giấy báo: hãy thử lại sau ít giây.",
            en: "Too many notices are being made: try again in a few seconds."
        )
    )
}
