public import Values

/// Our answer to a day's file of the platform: its rows, each matched or unmatched and why, then what it lacks.
public struct PlatformAnswerFile: Sendable {
    /// A row of the answer.
    public struct Row: Sendable {
        public let row: PlatformFile.Row
        public let isMatched: Bool
        /// The code of the reason.
        public let reason: String

        public init(_ row: PlatformFile.Row, isMatched: Bool, reason: String) {
            (self.row, self.isMatched, self.reason) = (row, isMatched, reason)
        }
    }

    private let rows: [Row]

    public init(_ rows: [Row]) { self.rows = rows }

    /// The file: a line of names, the rows, and a last line with count and sum.
    public var text: String {
        let lines = rows.map { one in
            let row = one.row
            return [
                row.code, row.transactionID, row.fault == nil ? row.amount.description : "",
                row.happenedAt?.compactDigits ?? "", row.bank, row.status, one.isMatched ? "matched" : "unmatched",
                row.fault == nil ? one.reason : "\(one.reason):\(row.number)",
            ].joined(separator: "|")
        }
        let names = "MaThamChieu|MaGiaoDich|SoTien|ThoiGianGD|MaNganHang|TrangThaiGD|KetQua|LyDo"
        let sum = rows.map(\.row.amount).total()
        return ([names] + lines + ["\(rows.count)|\(sum)|"]).joined(separator: "\n") + "\n"
    }
}

extension PlatformFile.Row {
    /// A row that the platform's file lacks.
    public init(missing transactionID: String, code: String, amount: Money, at time: Instant) {
        self.init(
            number: 0,
            code: code,
            transactionID: transactionID,
            amount: amount,
            happenedAt: time,
            bank: "",
            status: "1",
            fault: nil
        )
    }

    /// A row as it is stored.
    public init(
        stored number: Int,
        code: String?,
        transactionID: String?,
        amount: Money?,
        happenedAt: Instant?,
        bank: String?,
        status: String?,
        fault: String?
    ) {
        self.init(
            number: number,
            code: code ?? "",
            transactionID: transactionID ?? "",
            amount: amount ?? .zero,
            happenedAt: happenedAt,
            bank: bank ?? "",
            status: status ?? "",
            fault: fault
        )
    }
}
