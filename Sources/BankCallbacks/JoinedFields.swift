import Values

/// Signatures over `name=value&name=value` without escapes (payOS, MoMo) have a weakness: a value that contains
/// `&name=` looks like two fields, so that one signature fits several messages. Whoever can write a transfer's memo and
/// see its notice could turn it into the notice of another transfer.
enum JoinedFields {
    /// Throws if a value could be taken for another field of any name; the money is then booked from the bank's
    /// statement.
    ///
    /// Compares bytes, because bytes are signed: as a `Character`, `&` or `=` followed by a combining mark is a
    /// different one.
    static func check(_ value: some Collection<UInt8>, at pointer: String) throws(CallbackRefusal) {
        var rest = value[...]
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            rest = rest[rest.index(after: ampersand)...]
            let name = rest.prefix(while: isWord)
            guard rest[name.endIndex...].first == UInt8(ascii: "=") else { continue }
            let field = "&\(String(decoding: name, as: UTF8.self))="
            throw .unproved(
                .signatureMalformed,
                pointer,
                Phrase(
                    vi: "có “\(field)”, chữ ký của nhà cung cấp này không phân biệt được với một trường riêng",
                    en: "has “\(field)”, which this provider's signature cannot distinguish from a field of its own"
                )
            )
        }
    }

    /// Whether a byte can occur in the name of a field.
    static func isWord(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
    }
}
