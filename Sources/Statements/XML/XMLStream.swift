import CXML2
import Values

/// Reads XML incrementally with libxml2's push parser.
///
/// A document type is rejected, and with it every entity except the five predefined ones: no file is opened, no host is
/// contacted, and nothing expands. Depth, the text of elements and libxml2's own buffers are limited.
final class XMLStream {
    /// Why a text is not acceptable XML, and where.
    struct Failure: Error {
        let line: Int
        let reason: Phrase
    }

    private static let maximumDepth = 64

    /// Initialises libxml2 once, before several threads use it.
    private static let library: Void = xmlInitParser()

    private let receiver: any XMLReceiver
    private var context: xmlParserCtxtPtr?
    private var handler = xmlSAXHandler()
    private var depth = 0
    private var failure: Failure?
    /// The names seen so far, by the address at which libxml2 keeps each for the lifetime of the parser.
    private var names: [UnsafePointer<xmlChar>: String] = [:]
    /// The first bytes: libxml2 needs four at once to detect the encoding.
    private var start: [UInt8] = []

    init(_ receiver: any XMLReceiver) {
        self.receiver = receiver
        Self.library
        handler.initialized = UInt32(XML_SAX2_MAGIC)
        handler.startElementNs = { context, name, _, uri, _, _, count, _, attributes in
            XMLStream.of(context)?.begin(name, XMLAttributes(pointers: attributes, count: Int(count), uri: uri))
        }
        handler.endElementNs = { context, _, _, _ in XMLStream.of(context)?.end() }
        handler.characters = { context, text, length in XMLStream.of(context)?.text(text, length) }
        handler.cdataBlock = handler.characters
        handler.ignorableWhitespace = handler.characters
        handler.internalSubset = { context, _, _, _ in
            XMLStream.of(context)?.fail(
                Phrase(
                    vi: "có khai báo kiểu tài liệu, không được phép ở đây",
                    en: "has a document type, which is never needed here"
                )
            )
        }
        // Errors are checked after each piece; without this handler libxml2 would write them to standard error.
        handler.serror = { _, _ in }
    }

    deinit {
        if let context { xmlFreeParserCtxt(context) }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> XMLStream? {
        context.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Parses the next bytes.
    func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) {
        guard context == nil else { return try parse(bytes, isLast: false) }
        start.append(contentsOf: bytes)
        if start.count >= 4 { try begin() }
    }

    /// Ends the text.
    func finish() throws(Failure) {
        if context == nil { try begin() }
        try parse(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
    }

    private func begin() throws(Failure) {
        let first = start
        start = []
        let user = Unmanaged.passUnretained(self).toOpaque()
        let head = min(4, first.count)
        context = first.withUnsafeBytes {
            xmlCreatePushParserCtxt(&handler, user, $0.bindMemory(to: CChar.self).baseAddress, Int32(head), nil)
        }
        guard let context else {
            throw Failure(line: 1, reason: Phrase(vi: "không đủ bộ nhớ để đọc XML", en: "no memory to read XML"))
        }
        // Not NOENT, not DTDLOAD, not HUGE: entities are not expanded, and libxml2's own limits stay in force.
        xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue))
        var thrown: Failure?
        first.withUnsafeBufferPointer { bytes in
            do throws(Failure) {
                try parse(UnsafeBufferPointer(rebasing: bytes[head...]), isLast: false)
            } catch { thrown = error }
        }
        if let thrown { throw thrown }
    }

    private func parse(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(Failure) {
        guard let context else { return }
        // Errors of the converters bypass the handler and go to the thread's error function, which prints them by
        // default.
        xmlSetStructuredErrorFunc(nil) { _, _ in }
        _ = bytes.withMemoryRebound(to: CChar.self) {
            xmlParseChunk(context, $0.baseAddress, Int32($0.count), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        guard context.pointee.wellFormed == 0 else { return }
        let error = context.pointee.lastError
        if isLast, context.pointee.nameNr > 0 {
            throw Failure(
                line: Int(error.line),
                reason: Phrase(
                    vi: "kết thúc trước khi đóng các phần tử: tệp có bị cắt không?",
                    en: "ends before its elements do: was the file cut off?"
                )
            )
        }
        let message = error.message.map { String(cString: $0).trimmed } ?? "error \(error.code)"
        throw Failure(
            line: Int(error.line),
            reason: Phrase(vi: "không phải XML đúng dạng: \(message)", en: "is not well-formed XML: \(message)")
        )
    }

    private func fail(_ reason: Phrase) {
        guard failure == nil else { return }
        failure = Failure(line: line, reason: reason)
        xmlStopParser(context)
    }

    private var line: Int { Int(xmlSAX2GetLineNumber(context)) }

    private func begin(_ name: UnsafePointer<xmlChar>?, _ attributes: XMLAttributes) {
        guard failure == nil, let name else { return }
        depth += 1
        guard depth <= Self.maximumDepth else { return fail(.nested(deeperThan: Self.maximumDepth)) }
        let text = names[name] ?? String(cString: name)
        // libxml2 keeps a copy of every name, and a hostile file may contain millions.
        if names.count < 1000 { names[name] = text }
        receiver.begin(text, attributes, line: line)
    }

    private func end() {
        depth -= 1
        if failure == nil { receiver.end() }
    }

    private func text(_ bytes: UnsafePointer<xmlChar>?, _ length: Int32) {
        guard failure == nil, let bytes else { return }
        receiver.text(UnsafeBufferPointer(start: bytes, count: Int(length)))
    }
}
