import Values

/// Signatures over `name=value&name=value` with nothing escaped (payOS, MoMo) have a weakness: a value that holds
/// `&name=` reads like two fields, so one signature fits several messages. Whoever can write a transfer's memo and see its
/// notice could turn it into the notice of another transfer.
enum JoinedFields {
    /// Throws where a value could pass for another field; its money is then booked from the bank's statement.
    static func check(_ value: String, at pointer: String, hides names: [String]) throws(CallbackRefusal) {
        guard value.utf8.contains(UInt8(ascii: "&")) else { return }
        for name in names where value.contains("&\(name)=") {
            throw .unproved(
                .signatureMalformed,
                pointer,
                Phrase(
                    vi: "có “&\(name)=”, chữ ký của nhà cung cấp này không phân biệt được với một trường riêng",
                    en: "has “&\(name)=”, which this provider's signature cannot distinguish from a field of its own"
                )
            )
        }
    }
}
