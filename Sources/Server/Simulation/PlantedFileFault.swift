public import Workflow

/// What may be wrong in a day's file of the national payment platform that is played.
public enum PlantedFileFault: String, Sendable, CaseIterable {
    /// The row of a payment is left out.
    case missing
    /// A row has a code that was never given out.
    case unknown
    /// A row stands there twice.
    case repeated
    /// A thousand đồng more than were paid.
    case amount
    /// Another number of the transaction.
    case transaction
    /// What was paid is said to have failed.
    case unpaid
    /// A row of one word.
    case unreadable

    /// What the comparison has to find.
    public var reason: Reason.Code {
        switch self {
        case .missing: .platformRowMissing
        case .unknown: .platformRowUnknown
        case .repeated: .platformRowRepeated
        case .amount: .platformAmountDiffers
        case .transaction: .platformTransactionDiffers
        case .unpaid: .platformSaysUnpaid
        case .unreadable: .platformRowUnreadable
        }
    }

    /// Plants the fault in the first row of the file that says a payment was made; the last line is made to agree.
    ///
    /// Returns `nil` if no payment was made.
    public func planted(in file: String) -> String? {
        var lines = file.split(separator: "\n").map(String.init)
        // A head, rows, and the count.
        guard lines.count > 2,
            let place = lines.indices.dropFirst().dropLast().first(where: { lines[$0].hasSuffix("|1") })
        else { return nil }
        lines.removeLast()
        // MaThamChieu, MaGiaoDich, SoTien, ThoiGianGD, MaNganHang, TrangThaiGD
        var row = lines[place].split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        switch self {
        case .missing: lines.remove(at: place)
        case .repeated: lines.append(lines[place])
        case .unreadable: lines.append("rac")
        case .unknown:
            row[0] = "RF18AAAABBBBCCCC0000"
            row[1] += "9"
            lines.append(row.joined(separator: "|"))
        case .amount:
            row[2] = String((Int64(row[2]) ?? 0) + 1000)
            lines[place] = row.joined(separator: "|")
        case .transaction:
            row[1] += "7"
            lines[place] = row.joined(separator: "|")
        case .unpaid:
            row[5] = "4"
            lines[place] = row.joined(separator: "|")
        }
        let rows = lines.dropFirst()
        let sum = rows.reduce(Int64(0)) { sum, line in
            let values = line.split(separator: "|", omittingEmptySubsequences: false)
            return sum + (values.count > 2 ? Int64(values[2]) ?? 0 : 0)
        }
        return lines.joined(separator: "\n") + "\n\(rows.count)|\(sum)|\n"
    }
}
