/// The implementation of ``CSVReader``: the same rules and errors, but records stay bytes, so that a file of a million
/// lines does not create nine million strings.
public struct CSVScanner: Sendable {
    private enum Place { case fieldStart, plain, quoted, quoteInQuoted, carriageReturn }

    private let delimiter: UInt8
    private let maximumRowBytes: Int
    private var place = Place.fieldStart
    /// The record so far: its fields, unquoted, with a delimiter between each two so that text which is not UTF-8 cannot
    /// become valid by losing what stood in it. Only the first `used` bytes count.
    private var buffer: [UInt8] = []
    private var used = 0
    /// All bytes of the record or-ed together: below 0x80 it is ASCII, and needs no check.
    private var union: UInt8 = 0
    private var ends: [Int] = []
    private var line = 1
    private var rowLine = 1
    /// Whether a byte order mark may still follow.
    private var isAtStart = true
    private var hasQuotes = false

    /// How many of the caller's bytes are processed at a time; limits the buffer beyond the longest record.
    private static let pieceBytes = 1 << 16

    /// - Parameter maximumRowBytes: the longest record accepted, its delimiters counted.
    public init(delimiter: UInt8 = UInt8(ascii: ","), maximumRowBytes: Int = 1 << 20) {
        self.delimiter = delimiter
        self.maximumRowBytes = maximumRowBytes
    }

    /// Reads the next bytes and passes every completed record to `row`. Must not be used again after it has thrown.
    public mutating func feed(_ bytes: some Collection<UInt8>, row: (CSVRowBytes) throws -> Void) throws {
        if try bytes.withContiguousStorageIfAvailable({ try take($0, row) }) == nil {
            try Array(bytes).withUnsafeBufferPointer { try take($0, row) }
        }
    }

    /// Ends the text; passes on the last record if no line end closed it.
    public mutating func finish(row: (CSVRowBytes) throws -> Void) throws {
        if place == .quoted {
            throw error(Phrase(vi: "trường trong dấu nháy không được đóng lại", en: "a quoted field is never closed"))
        }
        if place == .carriageReturn {
            throw error(Phrase(vi: "có ký tự xuống dòng (CR) giữa dòng", en: "a carriage return inside a line"))
        }
        skipMark()
        if used > 0 || !ends.isEmpty || hasQuotes { try endRow(row) }
    }

    private func error(_ reason: Phrase) -> CSVError { CSVError(line: line, column: ends.count + 1, reason: reason) }

    private mutating func take(_ input: UnsafeBufferPointer<UInt8>, _ row: (CSVRowBytes) throws -> Void) throws {
        var start = 0
        while start < input.count {
            let piece = UnsafeBufferPointer(rebasing: input[start..<min(start + Self.pieceBytes, input.count)])
            // Each byte read adds at most one byte, so the copying below needs no bounds check.
            if buffer.count < used + piece.count {
                buffer.append(contentsOf: repeatElement(0, count: used + piece.count - buffer.count))
            }
            var index = 0
            while index < piece.count { try step(piece, &index, row) }
            start += piece.count
        }
    }

    /// Reads up to and including the next significant byte.
    @inline(__always)
    private mutating func step(
        _ input: UnsafeBufferPointer<UInt8>,
        _ index: inout Int,
        _ row: (CSVRowBytes) throws -> Void
    ) throws {
        switch place {
        case .fieldStart, .plain:
            let before = used
            let delimiter = delimiter
            copy(input, &index) {
                $0 == delimiter || $0 == 0x22 || ($0 <= 0x0D && ($0 == 0x0A || $0 == 0x0D || $0 == 0x00))
            }
            if used > before { place = .plain }
            guard used <= maximumRowBytes else {
                throw error(
                    Phrase(
                        vi: "một dòng dài hơn \(maximumRowBytes) byte",
                        en: "a record of more than \(maximumRowBytes) bytes"
                    )
                )
            }
            if index < input.count {
                try special(input[index], row)
                index += 1
            }
        case .quoted:
            copy(input, &index) { $0 == 0x22 || $0 == 0x0A || $0 == 0x00 }
            guard used <= maximumRowBytes else {
                throw error(
                    Phrase(
                        vi: "một dòng dài hơn \(maximumRowBytes) byte",
                        en: "a record of more than \(maximumRowBytes) bytes"
                    )
                )
            }
            if index < input.count {
                switch input[index] {
                case 0x22: place = .quoteInQuoted
                case 0x00: throw error(Phrase(vi: "có byte NUL", en: "a NUL byte"))
                default:
                    line += 1
                    keep(0x0A)
                }
                index += 1
            }
        case .quoteInQuoted:
            if input[index] == 0x22 {
                keep(0x22)
                place = .quoted
            } else {
                guard input[index] == delimiter || input[index] == 0x0A || input[index] == 0x0D else {
                    throw error(
                        Phrase(vi: "có chữ sau dấu nháy đóng của trường", en: "text after the closing quote of a field")
                    )
                }
                try special(input[index], row)
            }
            index += 1
        case .carriageReturn:
            guard input[index] == 0x0A else {
                throw error(Phrase(vi: "có ký tự xuống dòng (CR) giữa dòng", en: "a carriage return inside a line"))
            }
            try endLine(row)
            index += 1
        }
    }

    /// Copies bytes into the buffer until one of the others.
    @inline(__always)
    private mutating func copy(
        _ input: UnsafeBufferPointer<UInt8>,
        _ index: inout Int,
        until isOther: (UInt8) -> Bool
    ) {
        var read = index
        var written = used
        var union = union
        buffer.withUnsafeMutableBufferPointer { buffer in
            while read < input.count, !isOther(input[read]) {
                buffer[written] = input[read]
                union |= input[read]
                read += 1
                written += 1
            }
        }
        (index, used, self.union) = (read, written, union)
    }

    @inline(__always)
    private mutating func keep(_ byte: UInt8) {
        buffer[used] = byte
        used += 1
    }

    /// A byte that ends a plain field or is not allowed in one.
    @inline(__always)
    private mutating func special(_ byte: UInt8, _ row: (CSVRowBytes) throws -> Void) throws {
        if isAtStart { skipMark() }
        switch byte {
        case delimiter:
            endField()
            keep(delimiter)
        case 0x0A: try endLine(row)
        case 0x0D: place = .carriageReturn
        case 0x22:
            guard place == .fieldStart else {
                throw error(
                    Phrase(
                        vi:
                            "có dấu nháy trong trường không đặt trong dấu nháy: viết hai dấu nháy và đặt trường trong dấu nháy",
                        en: "a quote inside a field that is not quoted: double it and quote the field"
                    )
                )
            }
            place = .quoted
            hasQuotes = true
        default: throw error(Phrase(vi: "có byte NUL", en: "a NUL byte"))
        }
    }

    private mutating func skipMark() {
        guard isAtStart else { return }
        isAtStart = false
        guard used >= 3, buffer[..<3].elementsEqual([0xEF, 0xBB, 0xBF]) else { return }
        buffer.replaceSubrange(..<3, with: EmptyCollection())
        buffer.append(contentsOf: [0, 0, 0])
        used -= 3
        if used == 0 { place = .fieldStart }
    }

    @inline(__always)
    private mutating func endField() {
        ends.append(used)
        place = .fieldStart
    }

    @inline(__always)
    private mutating func endLine(_ row: (CSVRowBytes) throws -> Void) throws {
        if used > 0 || !ends.isEmpty || hasQuotes {
            try endRow(row)
            ends.removeAll(keepingCapacity: true)
        } else {
            place = .fieldStart
        }
        line += 1
        rowLine = line
    }

    private mutating func endRow(_ row: (CSVRowBytes) throws -> Void) throws {
        endField()
        if union >= 0x80 { try checkText() }
        used = 0
        union = 0
        hasQuotes = false
        try row(CSVRowBytes(line: rowLine, bytes: buffer, ends: ends))
    }

    /// Throws if the record is not valid UTF-8, naming the field.
    private func checkText() throws {
        do {
            _ = try UTF8Span(validating: buffer.span.extracting(0..<used))
            return
        } catch {}
        var start = 0
        for (index, end) in ends.enumerated() {
            if String(validating: buffer[start..<end], as: UTF8.self) == nil {
                throw CSVError(
                    line: rowLine,
                    column: index + 1,
                    reason: Phrase(
                        vi: "không phải UTF-8 hợp lệ: hãy lưu tệp theo UTF-8",
                        en: "not valid UTF-8: save the file as UTF-8"
                    )
                )
            }
            start = end + 1
        }
    }
}
