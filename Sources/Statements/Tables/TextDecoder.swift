import Glibc
import Values

/// Converts text in any ``TextEncoding`` to UTF-8, incrementally, with the C library's iconv.
///
/// Windows-1258 writes a tone as a separate mark after the letter; iconv composes the two into one character (NFC).
final class TextDecoder {
    let encoding: TextEncoding
    /// `nil` for UTF-8, which needs no conversion.
    private let converter: iconv_t?
    /// The first bytes of a character that is not complete yet.
    private var pending: [UInt8] = []

    /// Throws if the system's C library does not support the encoding, as may be the case for a reduced one.
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
            throw StatementRejected(faults: [StatementFault(line: 1, field: "", value: "", reason: reason)])
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

    /// Ends the text. An incomplete character becomes a byte that is not valid UTF-8, which the CSV reader then
    /// rejects.
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
                // First the output before it.
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
            default: break  // All input has been read, or the output is full.
            }
        }
    }

    /// Writes the letter that is held back in case a mark follows.
    private func flush(_ converter: iconv_t, into out: inout [UInt8]) {
        _ = step(nil, converter, into: &out)
    }

    /// Converts as much as fits; returns the number of bytes read and, if it stopped early, the reason as an `errno`
    /// value.
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
                // iconv does not modify its input, although its declaration allows it.
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
