import CXML2
import Values

/// What an XML text is read into, element by element.
protocol XMLReceiver: AnyObject {
    /// An element begins. Names are local: without prefix.
    func begin(_ name: String, _ attributes: XMLAttributes, line: Int)
    /// Text of the element that has begun and not ended; one text may come in pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    func end()
}

/// An element's attributes, while it begins.
struct XMLAttributes {
    fileprivate let pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    fileprivate let count: Int
    fileprivate let uri: UnsafePointer<xmlChar>?

    /// The namespace of the element itself.
    var namespace: String? { uri.map { String(cString: $0) } }

    /// An attribute's value by its local name; `nil` where the element has none.
    subscript(name: StaticString) -> String? {
        guard let pointers else { return nil }
        for index in 0..<count {
            // Five pointers an attribute: local name, prefix, namespace, the value's beginning and its end.
            guard let local = pointers[index * 5], let start = pointers[index * 5 + 3],
                let end = pointers[index * 5 + 4],
                xmlStrEqual(local, name.utf8Start) != 0
            else { continue }
            return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }
}

/// Reads XML piece by piece through libxml2's push parser.
///
/// A document type is refused, and with it every entity but the five that XML itself has: no file is opened, no host asked,
/// nothing expands. Depth, elements' texts and libxml2's own buffers are bounded.
final class XMLStream {
    /// Why a text is no acceptable XML, and where.
    struct Failure: Error {
        let line: Int
        let reason: Phrase
    }

    private static let maximumDepth = 64

    /// Set up once, before several threads may want it.
    private static let library: Void = xmlInitParser()

    private let receiver: any XMLReceiver
    private var context: xmlParserCtxtPtr?
    private var handler = xmlSAXHandler()
    private var depth = 0
    private var failure: Failure?
    /// The names seen so far, by where libxml2 keeps each of them for the parser's life.
    private var names: [UnsafePointer<xmlChar>: String] = [:]
    /// The first bytes, by which libxml2 tells the encoding: it wants four of them at once.
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
        // Errors are asked for after each piece; without a function of ours libxml2 would write them to standard error.
        handler.serror = { _, _ in }
    }

    deinit {
        if let context { xmlFreeParserCtxt(context) }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> XMLStream? {
        context.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Takes the next bytes.
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
        // Not NOENT, not DTDLOAD, not HUGE: entities stay unread, and libxml2's own bounds stay on.
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
        // Errors of its converters go past the handler, to a function of the thread's: which by default writes them out.
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
        guard depth <= Self.maximumDepth else {
            return fail(
                Phrase(
                    vi: "lồng phần tử sâu hơn \(Self.maximumDepth)",
                    en: "nests elements deeper than \(Self.maximumDepth)"
                )
            )
        }
        let text = names[name] ?? String(cString: name)
        // libxml2 keeps one copy of every name; a hostile file may have millions.
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
