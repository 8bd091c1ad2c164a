import Glibc
import Values

/// Turns text of any ``TextEncoding`` into UTF-8, piece by piece, by the C library's iconv.
///
/// Windows-1258 writes a tone as a mark of its own behind the letter; iconv makes the one character of both that everyone
/// writes today (NFC).
final class TextDecoder {
    let encoding: TextEncoding
    /// `nil` for UTF-8, which passes as it is.
    private let converter: iconv_t?
    /// The bytes of a character whose rest has not come yet.
    private var pending: [UInt8] = []

    /// Throws where the system's C library does not know the encoding, as a stripped one may not.
    init(_ encoding: TextEncoding) throws(StatementRejected) {
        self.encoding = encoding
        guard encoding != .utf8 else {
            converter = nil
            return
        }
        let opened = iconv_open("UTF-8", encoding.rawValue)
        guard opened != iconv_t(bitPattern: -1) else {
            let name = encoding.rawValue
            let reason = Phrase(
                vi:
                    "dùng bảng mã \(name) mà thư viện C của máy này không đọc được: hãy cài bộ chuyển mã (gconv), hoặc lưu tệp thành UTF-8",
                en:
                    "is in \(name), which this system's C library cannot read: install its converters (gconv), or save the file as UTF-8"
            )
            throw StatementRejected(faults: [StatementFault(line: 1, field: "encoding", value: "", reason: reason)])
        }
        converter = opened
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
        guard let converter else { return out.append(contentsOf: bytes) }
        guard !pending.isEmpty else { return convert(bytes, converter, into: &out) }
        let joined = pending + bytes
        pending = []
        joined.withUnsafeBufferPointer { convert($0, converter, into: &out) }
    }

    /// Ends the text. What is cut off becomes a byte that is not valid UTF-8, which the CSV reader then refuses.
    func finish(into out: inout [UInt8]) {
        if let converter { flush(converter, into: &out) }
        if !pending.isEmpty { out.append(0xFF) }
        pending = []
    }

    private func convert(_ bytes: UnsafeBufferPointer<UInt8>, _ converter: iconv_t, into out: inout [UInt8]) {
        var rest = bytes
        while !rest.isEmpty {
            let (taken, failure) = step(rest, converter, into: &out)
            rest = UnsafeBufferPointer(rebasing: rest[taken...])
            switch failure {
            case EINVAL:
                pending = Array(rest)
                return
            case EILSEQ:
                // What came before it first.
                flush(converter, into: &out)
                let unit: Int
                switch encoding {
                case .windows1258:
                    out.append(contentsOf: UTF8.encodedReplacementCharacter)
                    unit = 1
                case .utf8, .utf16LittleEndian, .utf16BigEndian:
                    out.append(0xFF)
                    unit = 2
                }
                rest = UnsafeBufferPointer(rebasing: rest.dropFirst(unit))
            default: break  // All is taken, or what came out is full.
            }
        }
    }

    /// Hands out the letter that waits for a mark behind it.
    private func flush(_ converter: iconv_t, into out: inout [UInt8]) {
        _ = step(nil, converter, into: &out)
    }

    /// Converts as much as fits; returns how many bytes it took, and why it stopped before the end, as `errno` has it.
    private func step(
        _ bytes: UnsafeBufferPointer<UInt8>?,
        _ converter: iconv_t,
        into out: inout [UInt8]
    ) -> (taken: Int, failure: Int32) {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16 << 10) { buffer in
            var (output, space) = (buffer.baseAddress, buffer.count)
            var failure: Int32 = 0
            var taken = 0
            if let bytes {
                // iconv only reads what it takes, though its declaration does not say so.
                var input = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(bytes.baseAddress))?
                    .assumingMemoryBound(to: CChar.self)
                var left = bytes.count
                if iconv(converter, &input, &left, &output, &space) == -1 { failure = errno }
                taken = bytes.count - left
            } else {
                _ = iconv(converter, nil, nil, &output, &space)
            }
            buffer[..<(buffer.count - space)].withContiguousStorageIfAvailable { made in
                made.withMemoryRebound(to: UInt8.self) { out.append(contentsOf: $0) }
            }
            return (taken, failure)
        }
    }
}
