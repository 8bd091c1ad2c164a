import CXMLSec

/// Signs XML documents with an installation's key: enveloped XML signatures (XML-Signature 1.1), RSA-SHA256 with the
/// certificate in the signature, made by libxmlsec1.
public final class XMLSigner: Sendable {
    private let key: [UInt8]
    private let certificate: [UInt8]

    /// Reads the key and tries it.
    ///
    /// - Parameters:
    ///   - key: a private RSA key in PEM, without a passphrase.
    ///   - certificate: its X.509 certificate in PEM.
    public init(key: [UInt8], certificate: [UInt8]) throws {
        self.key = key
        self.certificate = certificate
        _ = try sign("<a>\(XMLSigner.template(id: nil))</a>")
    }

    /// What is to stand in a document as the last child of its root: the place of the signature.
    ///
    /// - Parameter id: of the element that is signed, an attribute `Id`; the whole document if this is `nil`.
    public static func template(id: String?) -> String {
        let algorithms = "http://www.w3.org/2001/04/xmlenc#sha256"
        return """
            <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>\
            <CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>\
            <SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>\
            <Reference URI="\(id.map { "#" + $0 } ?? "")"><Transforms>\
            <Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
            <Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/></Transforms>\
            <DigestMethod Algorithm="\(algorithms)"/><DigestValue></DigestValue></Reference></SignedInfo>\
            <SignatureValue></SignatureValue><KeyInfo><X509Data><X509Certificate></X509Certificate></X509Data></KeyInfo>\
            </Signature>
            """
    }

    /// Returns the document with its template filled in.
    public func sign(_ document: String) throws -> [UInt8] {
        guard XMLSigner.isReady else { throw XMLSignatureError.unavailable }
        let text = Array(document.utf8)
        // No entities, nothing from the network; the document is our own.
        let options = Int32(XML_PARSE_NONET.rawValue)
        let parsed = text.withUnsafeBytes { bytes in
            xmlReadMemory(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count),
                nil,
                "UTF-8",
                options
            )
        }
        guard let parsed else { throw XMLSignatureError.unreadableDocument }
        defer { xmlFreeDoc(parsed) }
        guard let root = xmlDocGetRootElement(parsed),
            let place = xmlSecFindNode(root, "Signature", "http://www.w3.org/2000/09/xmldsig#")
        else { throw XMLSignatureError.unreadableDocument }
        guard let context = xmlSecDSigCtxCreate(nil) else { throw XMLSignatureError.unavailable }
        defer { xmlSecDSigCtxDestroy(context) }
        context.pointee.signKey = try loadedKey()
        guard xmlSecDSigCtxSign(context, place) == 0 else { throw XMLSignatureError.notSigned }
        var (bytes, count): (UnsafeMutablePointer<xmlChar>?, Int32) = (nil, 0)
        xmlDocDumpMemoryEnc(parsed, &bytes, &count, "UTF-8")
        guard let bytes else { throw XMLSignatureError.notSigned }
        defer { khop_xml_free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }

    /// The key with its certificate; whoever gets it frees it.
    private func loadedKey() throws -> xmlSecKeyPtr {
        let format = xmlSecKeyDataFormatPem
        guard
            let loaded = xmlSecOpenSSLAppKeyLoadMemory(key, numericCast(key.count), format, nil, nil, nil)
        else { throw XMLSignatureError.unreadableKey }
        guard xmlSecOpenSSLAppKeyCertLoadMemory(loaded, certificate, numericCast(certificate.count), format) == 0 else {
            xmlSecKeyDestroy(loaded)
            throw XMLSignatureError.unreadableKey
        }
        return loaded
    }

    /// The libraries have state of their own, which is made once.
    static let isReady: Bool = {
        xmlInitParser()
        // What goes wrong is told by what the functions return; nothing is written to standard error.
        xmlSecErrorsDefaultCallbackEnableOutput(0)
        return xmlSecInit() >= 0 && xmlSecOpenSSLAppInit(nil) >= 0 && xmlSecOpenSSLInit() >= 0
    }()
}
