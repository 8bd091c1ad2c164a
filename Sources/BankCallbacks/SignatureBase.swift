import Values

extension SignedMessage {
    /// Returns the text that a signature covers (RFC 9421 §2.5): one line per component, then the signature's
    /// parameters.
    ///
    /// - Parameter scheme: `https` or `http`, for the components that contain it.
    package func signatureBase(_ input: SignatureInput, scheme: String) throws(CallbackRefusal) -> [UInt8] {
        var out: [UInt8] = []
        for name in input.components {
            guard let value = component(name, scheme: scheme) else {
                throw .unproved(
                    .signatureMalformed,
                    name,
                    Phrase(
                        vi: "chữ ký có bao gồm phần này, nhưng yêu cầu không có hoặc ở đây không ký được phần này",
                        en: "the signature covers it, and the request does not have it or it cannot be covered here"
                    )
                )
            }
            out.append(contentsOf: "\"\(name)\": \(value)\n".utf8)
        }
        out.append(contentsOf: "\"@signature-params\": \(input.text)".utf8)
        return out
    }

    /// Returns the value of a component: derived ones (RFC 9421 §2.2) begin with `@`, the others are headers.
    private func component(_ name: String, scheme: String) -> String? {
        switch name {
        case "@method": method
        case "@scheme": scheme
        case "@authority": normalAuthority(scheme)
        case "@path": path.isEmpty ? "/" : path
        case "@query": "?" + query
        case "@request-target": path + (query.isEmpty ? "" : "?" + query)
        case "@target-uri":
            "\(scheme)://\(normalAuthority(scheme))\(path.isEmpty ? "/" : path)\(query.isEmpty ? "" : "?" + query)"
        default: name.hasPrefix("@") ? nil : headerValue(name)
        }
    }

    /// The authority in lowercase, without the scheme's default port.
    private func normalAuthority(_ scheme: String) -> String {
        let lower = authority.lowercased()
        let port = scheme == "https" ? ":443" : ":80"
        return lower.hasSuffix(port) ? String(lower.dropLast(port.utf8.count)) : lower
    }

    /// Returns all values of a header, trimmed and joined.
    private func headerValue(_ name: String) -> String? {
        let values = headers.filter { $0.name == name }.map { header in
            var value = header.value[...]
            while let first = value.utf8.first, first == 0x20 || first == 0x09 { value.removeFirst() }
            while let last = value.utf8.last, last == 0x20 || last == 0x09 { value.removeLast() }
            return value
        }
        if values.isEmpty, name == "host", !authority.isEmpty { return authority }
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
