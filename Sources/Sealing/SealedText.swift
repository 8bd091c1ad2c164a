/// The text of an entry of the sealed history: a table's name, and a row as PostgreSQL writes it.
public enum SealedText {
    /// The columns of `name(a,"b ""c""",,d)`, in their order; `nil` for a null. Returns `nil` for text of another form.
    public static func fields(of entry: String, after name: String) -> [String?]? {
        let bytes = Array(entry.utf8)
        let (open, close, comma) = (UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","))
        let (quote, escape) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard bytes.starts(with: Array(name.utf8) + [open]), bytes.last == close, bytes.count > name.utf8.count + 1
        else { return nil }
        var fields: [String?] = []
        var field: [UInt8] = []
        var (isQuoted, wasQuoted) = (false, false)
        let end = bytes.count - 1
        var place = name.utf8.count + 1
        func value() -> String? { field.isEmpty && !wasQuoted ? nil : String(decoding: field, as: UTF8.self) }
        while place < end {
            let byte = bytes[place]
            switch byte {
            case quote where isQuoted && place + 1 < end && bytes[place + 1] == quote,
                escape where place + 1 < end:
                field.append(bytes[place + 1])
                place += 1
            case quote:
                isQuoted.toggle()
                wasQuoted = true
            case comma where !isQuoted:
                fields.append(value())
                (field, wasQuoted) = ([], false)
            default: field.append(byte)
            }
            place += 1
        }
        guard !isQuoted else { return nil }
        fields.append(value())
        return fields
    }
}
