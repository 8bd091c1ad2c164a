import CXML2

/// The attributes of an element that begins; valid only during that call.
struct XMLAttributes {
    let pointers: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    let count: Int
    let uri: UnsafePointer<xmlChar>?

    /// The namespace of the element.
    var namespace: String? { uri.map { String(cString: $0) } }

    /// The value of an attribute by its local name; `nil` if the element does not have it.
    subscript(name: StaticString) -> String? {
        guard let pointers else { return nil }
        for index in 0..<count {
            // Five pointers per attribute: local name, prefix, namespace, and the beginning and end of the value.
            guard let local = pointers[index * 5], let start = pointers[index * 5 + 3],
                let end = pointers[index * 5 + 4],
                xmlStrEqual(local, name.utf8Start) != 0
            else { continue }
            return String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
        }
        return nil
    }
}
